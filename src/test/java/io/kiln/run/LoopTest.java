package io.kiln.run;

import static org.awaitility.Awaitility.await;

import io.kiln.persistence.DatabaseAbsence;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {
    private final AtomicInteger rounds = new AtomicInteger();
    private Loop loop;

    @AfterEach
    void stop() throws InterruptedException {
        loop.stop();
    }

    @Test
    void aRoundThatGoesOnAfterAFailureMakesTheLoopHealthyWhenItWorks() {
        CountDownLatch never = new CountDownLatch(1);
        loop = Loop.start("listens", Thread::new, new DatabaseAbsence(), works -> {
            failInTheFirstRound();
            works.run();
            never.await();
        });

        await().until(() -> !loop.isHealthy());
        await().until(loop::isHealthy);
    }

    @Test
    void aRoundThatReturnsAfterAFailureMakesTheLoopHealthy() {
        loop = Loop.start("beats", Thread::new, new DatabaseAbsence(), works -> failInTheFirstRound());

        await().until(() -> !loop.isHealthy());
        await().until(loop::isHealthy);
    }

    private void failInTheFirstRound() throws IOException {
        if (rounds.getAndIncrement() == 0) {
            throw new IOException("the database is away");
        }
    }
}
