package io.kiln.job;

import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Work that can be checked: unit u of the file holds 31 u + 7, or {@link #SKIPPED}. It is computed in place, so that computing twice what was read once
 * gives another number. What happens in a stage, besides, is a test's to say.
 */
class ArithmeticWork implements SlabWork<long[]> {
    static final long SKIPPED = Long.MIN_VALUE;

    /** What is done to a slab. */
    enum Step {
        READ,
        COMPUTE,
        WRITE
    }

    /** Called at the begin of a step; may take time or throw. */
    @FunctionalInterface
    interface Event {
        void at(Step step, UnitRange units) throws IOException;
    }

    final AtomicInteger slotsMade = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();
    final List<UnitRange> read = new CopyOnWriteArrayList<>();
    final List<UnitRange> computed = new CopyOnWriteArrayList<>();
    final List<UnitRange> forced = new CopyOnWriteArrayList<>();
    private final int slabUnits;
    private final int slots;
    private final Event event;
    private final FileChannel file;

    ArithmeticWork(Path file, int slabUnits, int slots, Event event) throws IOException {
        this.slabUnits = slabUnits;
        this.slots = slots;
        this.event = event;
        this.file = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    static Event nothing() {
        return (step, units) -> {};
    }

    /** Each step takes so long, in milliseconds. */
    static Event durations(double read, double compute, double write) {
        double[] milliseconds = {read, compute, write};
        return (step, units) -> pass(milliseconds[step.ordinal()]);
    }

    static long value(int unit) {
        return 31L * unit + 7;
    }

    /** The units of a file; as many as it has. */
    static long[] values(Path file) throws IOException {
        long[] values = new long[(int) (Files.size(file) / Long.BYTES)];
        ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer().get(values);
        return values;
    }

    @Override
    public int slabUnits() {
        return slabUnits;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public long[] newSlot() {
        slotsMade.incrementAndGet();
        return new long[slabUnits];
    }

    @Override
    public void read(UnitRange units, long[] slot) throws IOException {
        read.add(units);
        event.at(Step.READ, units);
        for (int unit = units.from(); unit < units.to(); unit++) {
            slot[unit - units.from()] = unit;
        }
    }

    @Override
    public void compute(UnitRange units, long[] slot) {
        computed.add(units);
        for (int unit = 0; unit < units.count(); unit++) {
            slot[unit] = slot[unit] * 31 + 7;
        }
        try {
            event.at(Step.COMPUTE, units);
        } catch (IOException e) {
            throw new IllegalArgumentException("computing does no input or output", e);
        }
    }

    @Override
    public void write(UnitRange units, long[] slot) throws IOException {
        event.at(Step.WRITE, units);
        put(units, slot);
    }

    @Override
    public void writeSkipped(UnitRange units) throws IOException {
        long[] nothing = new long[units.count()];
        java.util.Arrays.fill(nothing, SKIPPED);
        put(units, nothing);
    }

    @Override
    public void force(UnitRange units) throws IOException {
        file.force(false);
        forced.add(units);
    }

    @Override
    public void close() throws IOException {
        closes.incrementAndGet();
        file.close();
    }

    private void put(UnitRange units, long[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(units.count() * Long.BYTES);
        bytes.asLongBuffer().put(values, 0, units.count());
        for (long position = (long) units.from() * Long.BYTES; bytes.hasRemaining(); ) {
            position += file.write(bytes, position);
        }
    }

    private static void pass(double milliseconds) {
        long end = System.nanoTime() + (long) (milliseconds * 1e6);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
