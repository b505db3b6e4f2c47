package io.kiln.device.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed number of daemon threads that share the parts of a computation. They end when it is closed. */
public final class CpuThreads implements AutoCloseable {
    private final int count;
    private final ExecutorService executor;

    /** @param name of the threads, as seen in thread dumps */
    public CpuThreads(String name, int count) {
        this.count = count;
        AtomicInteger number = new AtomicInteger();
        executor = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** One part of a computation. */
    @FunctionalInterface
    public interface Part {
        /**
         * @param worker which of the threads this is, from 0, for its own buffers
         * @param index which part
         */
        void run(int worker, int index) throws InterruptedException;
    }

    public int count() {
        return count;
    }

    public Executor executor() {
        return executor;
    }

    /** Does each part once, {@link #count} at a time. */
    public void each(int parts, Part part) throws InterruptedException {
        each(parts, count, part);
    }

    /**
     * Does each part once, in any order, and returns when no thread is at work on them any more. The first failure ends it and is thrown.
     *
     * @param workers how many threads take part at most, so also how many buffers are needed
     * @throws InterruptedException when the calling thread was interrupted; parts that had not begun are then not done
     */
    public void each(int parts, int workers, Part part) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(workers, parts); i++) {
            int worker = i;
            running.add(executor.submit(() -> {
                try {
                    for (int index = next.getAndIncrement(); index < parts; index = next.getAndIncrement()) {
                        part.run(worker, index);
                    }
                } catch (InterruptedException | RuntimeException | Error thrown) {
                    next.set(parts);
                    throw thrown;
                }
                return null;
            }));
        }
        join(running, next, parts);
    }

    private static void join(List<Future<?>> running, AtomicInteger next, int parts) throws InterruptedException {
        Throwable failure = null;
        boolean interrupted = false;
        for (int i = 0; i < running.size(); ) {
            try {
                running.get(i).get();
                i++;
            } catch (ExecutionException failed) {
                failure = failure == null ? failed.getCause() : failure;
                i++;
            } catch (InterruptedException asked) {
                // the parts that run still use the caller's buffers: let them end, begin no other
                interrupted = true;
                next.set(parts);
            }
        }
        if (interrupted || failure instanceof InterruptedException) {
            throw new InterruptedException("interrupted while parts were computed");
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
