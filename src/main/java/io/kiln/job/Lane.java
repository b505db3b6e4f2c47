package io.kiln.job;

import io.kiln.device.DeviceId;
import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A partition at work on its device: the pipeline's work and the ring that it runs in. */
final class Lane<S> {
    private final SlabWork<S> work;
    private final SlabRing<S> ring;

    private Lane(SlabWork<S> work, SlabRing<S> ring) {
        this.work = work;
        this.ring = ring;
    }

    /**
     * Starts work on these units; closes the work where it cannot.
     *
     * @param ranges what is to be done, starting at multiples of the plan's alignment
     */
    static <S> Lane<S> start(
            SlabWork<S> work,
            DeviceId device,
            List<UnitRange> ranges,
            WorkerThreads threads,
            BooleanSupplier stopRequested)
            throws IOException {
        try {
            List<UnitRange> slabs = LaneShares.cut(ranges, work.slabUnits());
            Lane<S> lane = new Lane<>(work, new SlabRing<>(work, device, slabs, threads, stopRequested));
            lane.ring.start();
            return lane;
        } catch (RuntimeException | Error e) {
            work.close();
            throw e;
        }
    }

    /** The next slab in order; empty at the end. */
    Optional<Slab<S>> next() {
        return ring.next();
    }

    /** Begins nothing more. Returns what is written, in this call made durable, and not yet settled. */
    List<Slab<S>> quiesce() throws IOException, InterruptedException {
        List<Slab<S>> left = ring.quiesce();
        for (Slab<S> slab : left) {
            slab.force();
        }
        return left;
    }

    /** How many units a slab holds at most. */
    int slabUnits() {
        return work.slabUnits();
    }

    /** How many units the ledger got from this lane. */
    int settledUnits() {
        return ring.settledUnits();
    }

    StageSeconds seconds() {
        return ring.seconds();
    }

    /** Ends the lane's threads and frees its buffers; waits for what has begun. */
    void end() throws IOException, InterruptedException {
        try {
            ring.end();
        } finally {
            work.close();
        }
    }
}
