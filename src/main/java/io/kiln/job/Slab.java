package io.kiln.job;

import io.kiln.device.TransientDeviceException;
import io.kiln.pipeline.UnitRange;
import io.kiln.pipeline.UnreadableInputException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One slab on its way through a lane's ring: the item that the batch runtime hands from reader to processor to writer. */
final class Slab<S> {
    /** How often a slab is submitted before its device is given up. */
    static final int SUBMISSION_LIMIT = 4;

    private final UnitRange units;
    private final SlabRing<S> ring;
    // guarded by the ring
    S slot;
    boolean finished;
    private int failures;
    // replaced when it is submitted again
    private volatile CompletableFuture<Void> read;
    private volatile CompletableFuture<Void> written;

    Slab(UnitRange units, SlabRing<S> ring, S slot) {
        this.units = units;
        this.ring = ring;
        this.slot = slot;
    }

    UnitRange units() {
        return units;
    }

    void submitted(CompletableFuture<Void> readResult, CompletableFuture<Void> writtenResult) {
        read = readResult;
        written = writtenResult;
    }

    /**
     * Waits until the slab's input is read.
     *
     * @throws UnreadableSlabException when it cannot be
     * @throws CancellationException when the lane is being stopped
     */
    void awaitRead() throws Exception {
        try {
            join(read);
        } catch (UnreadableInputException e) {
            throw new UnreadableSlabException(this, e);
        }
    }

    /**
     * Waits until the slab is computed and written. Called again after a transient failure it submits the slab again.
     *
     * @throws TransientDeviceException when the slab may be submitted again
     * @throws DeviceFailedException when it has been submitted often enough
     */
    void awaitWritten() throws Exception {
        if (failures > 0) {
            ring.submitAgain(this);
        }
        try {
            join(written);
        } catch (TransientDeviceException e) {
            if (++failures == SUBMISSION_LIMIT) {
                throw new DeviceFailedException(ring.device(), units, failures, e);
            }
            throw e;
        }
    }

    /** Makes what was written durable. */
    void force() throws IOException {
        ring.work().force(units);
    }

    /** Writes, durably, that there is nothing to be had for these units. */
    void writeSkipped() throws IOException {
        ring.work().writeSkipped(units);
        ring.work().force(units);
    }

    /** The ledger has the slab: the ring forgets it. */
    void settled() {
        ring.settled(this);
    }

    private static void join(CompletableFuture<Void> result) throws Exception {
        try {
            result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
