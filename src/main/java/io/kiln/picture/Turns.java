package io.kiln.picture;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets only so many do something at once; the others wait for a while, in order. */
final class Turns {
    private static final long SECONDS = 20;

    private final Semaphore free;

    Turns(int atOnce) {
        free = new Semaphore(atOnce, true);
    }

    /** @throws BusyException when it took too long until it was this one's turn */
    <T> T take(Supplier<T> action) {
        try {
            if (!free.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
                throw new BusyException("too many pictures are being read; try again in a moment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException("the server goes down; try again when it is up");
        }
        try {
            return action.get();
        } finally {
            free.release();
        }
    }
}
