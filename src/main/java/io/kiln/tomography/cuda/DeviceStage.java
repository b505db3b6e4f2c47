package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaEvent;
import io.kiln.device.cuda.CudaStream;

/**
 * One of the things that a device does for slabs at the same time as the others: copying to it, computing, copying from it. Slabs, each in a stream of its
 * own, take turns at it. Thread-safe.
 */
final class DeviceStage {
    private Turn last;
    private double seconds;

    /**
     * What one slab has put in.
     *
     * @param begun when the device came to it
     * @param ended when the device was through
     */
    record Turn(DeviceStage stage, CudaEvent begun, CudaEvent ended) {
        /** The device is through: its time counts. */
        void finish() {
            stage.finish(this);
        }

        /** Nobody wants to know any more; the device must be through, or lost. */
        void forget() {
            stage.forget(this);
        }
    }

    /** Has a slab put work into its stream, which begins when the slab before is through. */
    synchronized Turn turn(CudaStream stream, Runnable work) {
        if (last != null) {
            stream.waitFor(last.ended());
        }
        CudaEvent begun = stream.record();
        try {
            work.run();
            last = new Turn(this, begun, stream.record());
            return last;
        } catch (RuntimeException e) {
            begun.close();
            throw e;
        }
    }

    private synchronized void finish(Turn turn) {
        seconds += turn.ended().millisecondsSince(turn.begun()) / 1000;
        forget(turn);
    }

    private synchronized void forget(Turn turn) {
        if (turn == last) {
            last = null;
        }
        turn.begun().close();
        turn.ended().close();
    }

    /** How long slabs that are through have taken. */
    synchronized double seconds() {
        return seconds;
    }
}
