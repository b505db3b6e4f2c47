package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {
    private static final Path FOLDER = Path.of("/mnt/measurements");

    private static FreeSpace asking(FreeSpace.Probe probe) {
        return asking(probe, Duration.ofMinutes(1));
    }

    private static FreeSpace asking(FreeSpace.Probe probe, Duration patience) {
        return new FreeSpace((name, body) -> new Thread(body, name), probe, patience);
    }

    @Test
    void aFileSystemThatAnswersIsAskedEachTime() {
        AtomicInteger asked = new AtomicInteger();
        FreeSpace space = asking(folder -> asked.incrementAndGet());

        assertThat(space.bytes(FOLDER)).contains(1L);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(space.bytes(FOLDER).orElseThrow()).isGreaterThan(1));
        assertThat(space.has(FOLDER, 1)).isTrue();
        assertThat(space.has(FOLDER, 1000)).isFalse();
    }

    @Test
    void oneThatCannotBeAskedIsNotFull() {
        FreeSpace space = asking(folder -> {
            throw new IOException("stale file handle");
        });

        assertThat(space.bytes(FOLDER)).isEmpty();
        assertThat(space.has(FOLDER, 0)).isFalse();
    }

    @Test
    void oneThatHangsHoldsNobodyForLongAndIsAskedOnceUntilItAnswers() {
        CountDownLatch answers = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Duration patience = Duration.ofSeconds(1);
        FreeSpace space = asking(
                folder -> {
                    asked.incrementAndGet();
                    awaitUninterrupted(answers);
                    return 7;
                },
                patience);

        assertThat(space.bytes(FOLDER)).isEmpty();
        Instant second = Instant.now();
        for (int i = 0; i < 100; i++) {
            assertThat(space.bytes(FOLDER)).isEmpty();
        }
        assertThat(Duration.between(second, Instant.now()))
                .as("what 100 take who would each be held for a second")
                .isLessThan(patience.multipliedBy(50));
        assertThat(asked).hasValue(1);
        answers.countDown();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(space.bytes(FOLDER)).contains(7L));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
