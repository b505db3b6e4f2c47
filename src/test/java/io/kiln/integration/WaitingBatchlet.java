package io.kiln.integration;

import jakarta.batch.api.AbstractBatchlet;
import java.util.concurrent.CountDownLatch;

/** The only step of a job that is no pipeline: it waits until it is stopped. */
public class WaitingBatchlet extends AbstractBatchlet {
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public String process() throws InterruptedException {
        stopped.await();
        return "stopped";
    }

    @Override
    public void stop() {
        stopped.countDown();
    }
}
