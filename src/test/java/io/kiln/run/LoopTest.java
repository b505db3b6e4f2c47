package io.kiln.run;

import static org.awaitility.Awaitility.await;

import io.kiln.persistence.DatabaseAbsence;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {
    private volatile boolean isAway = true;
    private Loop loop;

    @AfterEach
    void stop() throws InterruptedException {
        loop.stop();
    }

    @Test
    void aRoundThatGoesOnAfterAFailureMakesTheLoopHealthyWhenItWorks() {
        CountDownLatch never = new CountDownLatch(1);
        loop = Loop.start("listens", Thread::new, new DatabaseAbsence(), works -> {
            failWhileItIsAway();
            works.run();
            never.await();
        });

        await().until(() -> !loop.isHealthy());
        isAway = false;
        await().until(loop::isHealthy);
    }

    @Test
    void aRoundThatReturnsAfterAFailureMakesTheLoopHealthy() {
        loop = Loop.start("beats", Thread::new, new DatabaseAbsence(), works -> failWhileItIsAway());

        await().until(() -> !loop.isHealthy());
        isAway = false;
        await().until(loop::isHealthy);
    }

    @Test
    void anErrorEndsNoLoop() {
        loop = Loop.start("beats", Thread::new, new DatabaseAbsence(), works -> {
            if (isAway) {
                throw new NoClassDefFoundError("io/kiln/Gone");
            }
        });

        await().until(() -> !loop.isHealthy());
        isAway = false;
        await().until(loop::isHealthy);
    }

    private void failWhileItIsAway() throws IOException {
        if (isAway) {
            throw new IOException("the database is away");
        }
    }
}
