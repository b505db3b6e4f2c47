package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import org.junit.jupiter.api.Test;

class LiveAttemptsTest {
    private final LiveAttempts live = new LiveAttempts();
    private final Attempt dead = new Attempt(RunId.random(), 1);
    private final Attempt next = new Attempt(RunId.random(), 1);

    /** A thread of the batch runtime that is at work whenever somebody looks. */
    private static final class AtWork extends Thread {
        AtWork(Runnable work) {
            super(work);
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return new StackTraceElement[] {
                new StackTraceElement("org.jberet.runtime.runner.ChunkRunner", "run", "ChunkRunner.java", 1)
            };
        }
    }

    @Test
    void aThreadThatWorksForAnotherAttemptKeepsNoDeadOneAlive() throws InterruptedException {
        live.add(dead);
        live.add(next);
        Thread pooled = new AtWork(() -> {
            live.seen(dead);
            assertThat(live.timesFoundIdle(dead)).isZero();
            live.seen(next);
        });
        pooled.start();
        pooled.join();

        assertThat(live.timesFoundIdle(dead)).isEqualTo(1);
        assertThat(live.timesFoundIdle(dead)).isEqualTo(2);
        assertThat(live.timesFoundIdle(next)).isZero();
    }
}
