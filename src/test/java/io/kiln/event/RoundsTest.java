package io.kiln.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void aRoundThatFailsIsNotTheLast() throws Exception {
        CountDownLatch rounds = new CountDownLatch(2);
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            scheduler.scheduleWithFixedDelay(
                    Rounds.of("counting", () -> {
                        rounds.countDown();
                        throw new IllegalStateException("miscounted");
                    }),
                    0,
                    1,
                    TimeUnit.MILLISECONDS);
            assertThat(rounds.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            scheduler.shutdownNow();
        }
    }
}
