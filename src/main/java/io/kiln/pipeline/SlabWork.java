package io.kiln.pipeline;

import java.io.IOException;
import java.util.Optional;

/**
 * The work of one lane (a partition on its device) over slabs. The ring calls {@link #read}, {@link #compute} and {@link #write} for one slab in this
 * order, each from a thread of its own and on different slots at once; a slot is used by one of them at a time. {@link #compute} is called for one slab
 * at a time, and {@link #awaitComputed} before writing from the thread that writes. {@link #writeSkipped} and {@link #force} come from one more thread while other slabs are on their way. A slab may be submitted again after a
 * failure, so each call must be repeatable.
 *
 * @param <S> the buffers of one slab; the lane owns as many as {@link #slots()}, made once
 */
public interface SlabWork<S> extends AutoCloseable {
    /** How many units a slab holds at most, a multiple of the plan's alignment, chosen so that all slots fit the device's memory. */
    int slabUnits();

    /** How many slabs may hold buffers at once: 3 or more for reading, computing and writing at the same time, fewer where memory is short. */
    int slots();

    /** Allocates the buffers of one slot. */
    S newSlot();

    /**
     * Reads the input of the units into the slot.
     *
     * @throws UnreadableInputException when this part of the input cannot be read; the slab is skipped
     */
    void read(UnitRange units, S slot) throws IOException;

    /**
     * Computes the slot's output from its input.
     *
     * @throws io.kiln.device.TransientDeviceException when the same slab may succeed if computed again
     */
    void compute(UnitRange units, S slot) throws InterruptedException;

    /**
     * Waits until the slot's output is there, where the device goes on by itself when {@link #compute} has returned.
     *
     * @throws io.kiln.device.TransientDeviceException when the same slab may succeed if computed again
     */
    default void awaitComputed(UnitRange units, S slot) {
        // computed when compute returns
    }

    /** How long the device was busy until now; empty for one that is busy while {@link #compute} is. */
    default Optional<DeviceSeconds> deviceSeconds() {
        return Optional.empty();
    }

    /** Writes the slot's output into the work folder; not yet durable when it returns. */
    void write(UnitRange units, S slot) throws IOException;

    /** Writes NaN (the format's nearest where it has none) for units that were skipped; not yet durable when it returns. */
    void writeSkipped(UnitRange units) throws IOException;

    /** Makes what was written for these units durable. */
    void force(UnitRange units) throws IOException;

    /** Frees buffers and open files. */
    @Override
    void close() throws IOException;
}
