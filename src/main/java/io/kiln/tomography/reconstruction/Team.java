package io.kiln.tomography.reconstruction;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that compute one pair of slices: the caller's, and helpers that join in as far as their executor has threads free. */
public final class Team {
    private final int threads;
    private final Executor helpers;

    private Team(int threads, Executor helpers) {
        this.threads = threads;
        this.helpers = helpers;
    }

    /** The calling thread alone: the fastest where as many pairs as threads are computed at once. */
    public static Team alone() {
        return new Team(1, Runnable::run);
    }

    /**
     * The calling thread and helpers, for when memory allows fewer workspaces than threads.
     *
     * @param threads all together, at least 1
     * @param executor runs the helpers; it may be shared and busy, even with other callers of such teams
     */
    public static Team of(int threads, Executor executor) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads: a team has at least 1");
        }
        return new Team(threads, executor);
    }

    int threads() {
        return threads;
    }

    /** One part of a piece of work. */
    interface Part {
        /**
         * @param thread which of the team's threads this is, from 0, for its own buffers
         * @param index which part
         */
        void run(int thread, int index);
    }

    /** Does every part once, in any order and on any thread; returns when all are done and no helper is at work any more. */
    void each(int parts, Part part) {
        Round round = new Round(parts, part);
        for (int helper = 1; helper < Math.min(threads, parts); helper++) {
            int thread = helper;
            helpers.execute(() -> round.join(thread));
        }
        round.join(0);
        round.finish();
    }

    /** One call of {@link Team#each}. A helper that comes too late finds the round closed, so nobody waits for a busy executor. */
    private static final class Round {
        private final int parts;
        private final Part part;
        private final AtomicInteger next = new AtomicInteger();
        private int inside;
        private boolean closed;
        private Throwable failure;

        Round(int parts, Part part) {
            this.parts = parts;
            this.part = part;
        }

        void join(int thread) {
            if (!enter()) {
                return;
            }
            try {
                for (int index = next.getAndIncrement(); index < parts; index = next.getAndIncrement()) {
                    part.run(thread, index);
                }
                leave(null);
            } catch (RuntimeException | Error thrown) {
                next.set(parts);
                leave(thrown);
            }
        }

        private synchronized boolean enter() {
            if (!closed) {
                inside++;
            }
            return !closed;
        }

        private synchronized void leave(Throwable thrown) {
            failure = failure == null ? thrown : failure;
            inside--;
            notifyAll();
        }

        synchronized void finish() {
            closed = true;
            boolean interrupted = false;
            while (inside > 0) {
                try {
                    wait();
                } catch (InterruptedException asked) {
                    // the helpers still use the workspace: wait for their parts to end, then pass the interrupt on
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }
}
