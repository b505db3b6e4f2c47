package io.kiln.job;

import io.kiln.pipeline.DeviceSeconds;
import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Some work whose files are as slow as a test wants.
 *
 * @param read how long reading a slab takes, at least
 * @param write likewise
 */
record PacedFiles<S>(SlabWork<S> work, Duration read, Duration write) implements SlabWork<S> {
    @Override
    public int slabUnits() {
        return work.slabUnits();
    }

    @Override
    public int slots() {
        return work.slots();
    }

    @Override
    public S newSlot() {
        return work.newSlot();
    }

    @Override
    public void read(UnitRange units, S slot) throws IOException {
        long end = System.nanoTime() + read.toNanos();
        work.read(units, slot);
        passUntil(end);
    }

    @Override
    public void compute(UnitRange units, S slot) throws InterruptedException {
        work.compute(units, slot);
    }

    @Override
    public void awaitComputed(UnitRange units, S slot) {
        work.awaitComputed(units, slot);
    }

    @Override
    public Optional<DeviceSeconds> deviceSeconds() {
        return work.deviceSeconds();
    }

    @Override
    public void write(UnitRange units, S slot) throws IOException {
        long end = System.nanoTime() + write.toNanos();
        work.write(units, slot);
        passUntil(end);
    }

    @Override
    public void writeSkipped(UnitRange units) throws IOException {
        work.writeSkipped(units);
    }

    @Override
    public void force(UnitRange units) throws IOException {
        work.force(units);
    }

    @Override
    public void close() throws IOException {
        work.close();
    }

    private static void passUntil(long end) {
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
