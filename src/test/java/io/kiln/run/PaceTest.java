package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant BEGUN = Instant.parse("2026-11-21T08:00:00Z");
    private static final Instant SETTLED = BEGUN.plusSeconds(3600);

    @Test
    void beforeTheFirstSlabItMayTakeHalfAnHour() {
        Pace pace = new Pace(BEGUN, Optional.empty(), Optional.empty());

        assertThat(pace.stalledSince(BEGUN.plus(Duration.ofMinutes(30)))).isEmpty();
        assertThat(pace.stalledSince(BEGUN.plus(Duration.ofMinutes(30)).plusMillis(1)))
                .contains(BEGUN);
    }

    @Test
    void aPauseOfTwoMinutesIsNothingHoweverFastItWas() {
        Pace pace = new Pace(BEGUN, Optional.of(SETTLED), Optional.of(Duration.ofMillis(20)));

        assertThat(pace.stalledSince(SETTLED.plusSeconds(120))).isEmpty();
        assertThat(pace.stalledSince(SETTLED.plusSeconds(121))).contains(SETTLED);
    }

    @Test
    void slowSlabsExplainALongerPause() {
        Pace pace = new Pace(BEGUN, Optional.of(SETTLED), Optional.of(Duration.ofSeconds(90)));

        assertThat(pace.stalledSince(SETTLED.plusSeconds(900))).isEmpty();
        assertThat(pace.stalledSince(SETTLED.plusSeconds(901))).contains(SETTLED);
    }
}
