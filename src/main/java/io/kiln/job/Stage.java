package io.kiln.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One of the things done to a slab, on a thread of its own, in the order of submission; and the time it has taken. */
final class Stage {
    /** What is done. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    private final ExecutorService thread;
    private final AtomicLong nanoseconds = new AtomicLong();

    Stage(String threadName, WorkerThreads threads) {
        thread = Executors.newSingleThreadExecutor(body -> threads.newThread(threadName, body));
    }

    /** Does the work once {@code previous} has been done; a failure of either fails the result. */
    CompletableFuture<Void> after(CompletableFuture<Void> previous, Work work) {
        return previous.thenRunAsync(() -> timed(work), thread);
    }

    /** Waits, which is not counted as the stage's time, and does the work, once {@code previous} has been done. */
    CompletableFuture<Void> after(CompletableFuture<Void> previous, Work waiting, Work work) {
        return previous.thenRunAsync(
                () -> {
                    run(waiting);
                    timed(work);
                },
                thread);
    }

    double seconds() {
        return nanoseconds.get() / 1e9;
    }

    private void timed(Work work) {
        long start = System.nanoTime();
        try {
            run(work);
        } finally {
            nanoseconds.addAndGet(System.nanoTime() - start);
        }
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Waits for what has begun; nothing may be submitted any more. */
    void end() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
}
