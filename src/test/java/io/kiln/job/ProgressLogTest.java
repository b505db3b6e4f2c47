package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.pipeline.Plan;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLogTest {
    private static final Plan PLAN = new Plan(1000, 1, "slice", 0, JsonValue.EMPTY_JSON_OBJECT);

    private final AtomicLong clock = new AtomicLong();
    private final List<String> lines = new ArrayList<>();

    @Test
    void tellsOfEachTenthOnceHoweverManySlabsThereAre() {
        ProgressLog progress = progress(0);
        for (int slab = 0; slab < 500; slab++) {
            clock.addAndGet(Duration.ofMillis(100).toNanos());
            progress.settled(2);
        }

        assertThat(lines).hasSize(10);
        assertThat(lines.get(0))
                .isEqualTo("100 of 1000 slices are done (10 %), 20.0 per second, 45 s left at this rate");
        assertThat(lines.get(9)).isEqualTo("1000 of 1000 slices are done (100 %), 20.0 per second");
    }

    @Test
    void tellsOfEachMinuteOfASlowRun() {
        ProgressLog progress = progress(0);
        for (int slab = 0; slab < 9; slab++) {
            clock.addAndGet(Duration.ofSeconds(30).toNanos());
            progress.settled(1);
        }

        assertThat(lines).hasSize(4);
    }

    @Test
    void goesOnFromWhatEarlierAttemptsHaveSettledAndTellsThePaceOfThisOne() {
        ProgressLog progress = progress(790);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        progress.settled(10);

        assertThat(lines)
                .containsExactly("800 of 1000 slices are done (80 %), 10.0 per second, 20 s left at this rate");
    }

    private ProgressLog progress(int before) {
        return new ProgressLog(PLAN, before, lines::add, clock::get);
    }
}
