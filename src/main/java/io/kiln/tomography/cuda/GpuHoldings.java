package io.kiln.tomography.cuda;

import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.device.cuda.CudaContext;
import io.kiln.device.cuda.CudaProgram;
import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.PinnedMemory;
import io.kiln.device.cuda.Ptx;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** All that a lane holds of its GPU. It is given back together, the last first. For one thread at a time. */
final class GpuHoldings implements AutoCloseable {
    /** Tables are copied to the device through a buffer of this size at most. */
    private static final int COPIED_AT_ONCE = 16 << 20;

    private final CudaContext context;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();

    /** Takes the context over. */
    GpuHoldings(CudaContext context) {
        this.context = context;
        held.push(context);
    }

    /** @throws OutOfDeviceMemoryException when less is free */
    DeviceMemory memory(long bytes) {
        return hold(context.allocate(bytes));
    }

    /** @throws OutOfDeviceMemoryException when the machine does not give as much */
    PinnedMemory pinned(long bytes) {
        return hold(context.allocatePinned(bytes));
    }

    CudaStream stream() {
        return hold(context.newStream());
    }

    CudaProgram program(String name) {
        return hold(context.load(Ptx.named(name)));
    }

    long freeMemory() {
        return context.freeMemory();
    }

    /** The values in the device's memory. */
    DeviceMemory floats(float[] values) {
        return hold(passingFloats(values));
    }

    /** The values in the device's memory, which the caller gives back. */
    DeviceMemory passingFloats(float[] values) {
        DeviceMemory memory = context.allocate((long) Float.BYTES * values.length);
        copy(
                memory,
                values.length,
                Float.BYTES,
                (buffer, from, count) -> buffer.asFloatBuffer().put(values, from, count));
        return memory;
    }

    /** A stream that the caller gives back. */
    CudaStream passingStream() {
        return context.newStream();
    }

    /** The buffer's bytes, from its position on, in the device's memory. */
    DeviceMemory bytes(ByteBuffer values) {
        DeviceMemory memory = memory(values.remaining());
        int start = values.position();
        copy(
                memory,
                values.remaining(),
                1,
                (buffer, from, count) -> buffer.put(
                        values.duplicate().limit(start + from + count).position(start + from)));
        return memory;
    }

    /** Puts some elements at a buffer's beginning. */
    private interface Filler {
        void fill(ByteBuffer buffer, int from, int count);
    }

    private void copy(DeviceMemory memory, int elements, int elementBytes, Filler filler) {
        int atOnce = Math.min(elements, COPIED_AT_ONCE / elementBytes);
        try (PinnedMemory pinned = context.allocatePinned((long) atOnce * elementBytes);
                CudaStream stream = context.newStream()) {
            for (int from = 0; from < elements; from += atOnce) {
                int count = Math.min(atOnce, elements - from);
                filler.fill(pinned.buffer(), from, count);
                stream.upload(pinned, 0, memory, (long) from * elementBytes, (long) count * elementBytes);
                stream.await();
            }
        }
    }

    private <T extends AutoCloseable> T hold(T holding) {
        held.push(holding);
        return holding;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (RuntimeException e) {
                failure = e;
            } catch (Exception e) {
                throw new AssertionError("nothing held of a GPU throws this when it is closed", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
