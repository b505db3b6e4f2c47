package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.Patience;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place where a job waits until its test lets it go on. */
final class Halt {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Holds the slab that begins with this unit before it is computed. */
    static Halt beforeComputing(int unit) {
        Halt halt = new Halt();
        ArithmeticPipeline.event = (step, units) -> {
            if (step == ArithmeticWork.Step.COMPUTE && units.from() == unit) {
                halt.hold();
            }
        };
        return halt;
    }

    /** Called where the job is to wait. */
    void hold() {
        reached.countDown();
        pass(released);
    }

    void awaitReached() {
        pass(reached);
    }

    void goOn() {
        released.countDown();
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
