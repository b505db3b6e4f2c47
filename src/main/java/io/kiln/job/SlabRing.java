package io.kiln.job;

import io.kiln.device.DeviceId;
import io.kiln.pipeline.DeviceSeconds;
import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Overlaps reading, computing and writing of a lane's slabs. It drives itself: whenever a slot is free the next slab is read into it, and computing and
 * writing follow by themselves; whoever takes slabs out, in order, only waits for them. Its buffers are the slots, made once. At most one slab more than
 * there are slots is not yet settled: what a crash makes to be computed again.
 */
final class SlabRing<S> {
    private final SlabWork<S> work;
    private final DeviceId device;
    private final Stage reading;
    private final Stage computing;
    private final Stage writing;
    private final BooleanSupplier stopRequested;

    // guarded by this
    private final Deque<UnitRange> waiting;
    private final Deque<S> freeSlots = new ArrayDeque<>();
    private final List<Slab<S>> unsettled = new ArrayList<>();
    private final int window;
    private int delivered;
    private int inFlight;
    private int settledUnits;
    private boolean quiescing;

    /**
     * @param slabs what is to be done, in this order
     * @param stopRequested asked before each slab is read; once true no further one is
     */
    SlabRing(
            SlabWork<S> work,
            DeviceId device,
            List<UnitRange> slabs,
            WorkerThreads threads,
            BooleanSupplier stopRequested) {
        this.work = work;
        this.device = device;
        this.stopRequested = stopRequested;
        waiting = new ArrayDeque<>(slabs);
        window = work.slots() + 1;
        for (int slot = Math.min(work.slots(), slabs.size()); slot > 0; slot--) {
            freeSlots.add(work.newSlot());
        }
        reading = new Stage("kiln-" + device + "-read", threads);
        computing = new Stage("kiln-" + device + "-compute", threads);
        writing = new Stage("kiln-" + device + "-write", threads);
    }

    synchronized void start() {
        admit();
    }

    /** The next slab in order; empty at the end or once the ring is quiescing. */
    synchronized Optional<Slab<S>> next() {
        if (quiescing || delivered == unsettled.size() && waiting.isEmpty()) {
            return Optional.empty();
        }
        if (delivered == unsettled.size()) {
            throw new IllegalStateException(delivered
                    + " slabs were taken and none of them is settled: a chunk must be one slab (item-count=1)");
        }
        return Optional.of(unsettled.get(delivered++));
    }

    synchronized void submitAgain(Slab<S> slab) {
        submit(slab);
    }

    synchronized void settled(Slab<S> slab) {
        int index = unsettled.indexOf(slab);
        unsettled.remove(index);
        if (index < delivered) {
            delivered--;
        }
        settledUnits += slab.units().count();
        free(slab);
        admit();
    }

    synchronized int settledUnits() {
        return settledUnits;
    }

    /**
     * Lets what is being read, computed or written come to its end, and begins nothing more but the writing of what was computed.
     *
     * @return what is written and not yet settled
     */
    synchronized List<Slab<S>> quiesce() throws InterruptedException {
        quiescing = true;
        while (inFlight > 0) {
            wait();
        }
        return unsettled.stream().filter(slab -> slab.finished).toList();
    }

    SlabWork<S> work() {
        return work;
    }

    DeviceId device() {
        return device;
    }

    StageSeconds seconds() {
        DeviceSeconds device = work.deviceSeconds().orElseGet(() -> new DeviceSeconds(0, computing.seconds(), 0));
        return StageSeconds.of(reading.seconds(), device, writing.seconds());
    }

    private void admit() {
        while (!quiescing && !waiting.isEmpty() && !freeSlots.isEmpty() && unsettled.size() < window) {
            Slab<S> slab = new Slab<>(waiting.remove(), this, freeSlots.remove());
            unsettled.add(slab);
            submit(slab);
        }
    }

    /** A slab that is submitted again is read again: computing may have spoilt its input. */
    private void submit(Slab<S> slab) {
        inFlight++;
        S slot = slab.slot;
        CompletableFuture<Void> read = reading.after(CompletableFuture.completedFuture(null), () -> {
            mayBegin(stopRequested.getAsBoolean());
            work.read(slab.units(), slot);
        });
        CompletableFuture<Void> computed = computing.after(read, () -> {
            mayBegin(false);
            work.compute(slab.units(), slot);
        });
        CompletableFuture<Void> written = writing.after(
                computed, () -> work.awaitComputed(slab.units(), slot), () -> work.write(slab.units(), slot));
        slab.submitted(read, written.whenComplete((nothing, failure) -> ended(slab, failure == null)));
    }

    private synchronized void mayBegin(boolean stop) {
        if (stop || quiescing) {
            throw new CancellationException("the lane is being stopped");
        }
    }

    /** A slab that failed keeps its slot: it may be submitted again. */
    private synchronized void ended(Slab<S> slab, boolean finished) {
        inFlight--;
        slab.finished = finished;
        if (finished) {
            free(slab);
            admit();
        }
        notifyAll();
    }

    private void free(Slab<S> slab) {
        if (slab.slot != null) {
            freeSlots.add(slab.slot);
            slab.slot = null;
        }
    }

    /** Ends the threads; waits for what they have begun. The work itself stays open. */
    void end() throws InterruptedException {
        quiesce();
        reading.end();
        computing.end();
        writing.end();
    }
}
