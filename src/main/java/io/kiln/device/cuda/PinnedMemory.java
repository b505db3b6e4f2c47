package io.kiln.device.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;

/** Memory of the machine that a device reads and writes by itself. */
public final class PinnedMemory implements AutoCloseable {
    private final CudaContext context;
    private final Pointer pointer;
    private final int bytes;
    private final ByteBuffer whole;
    private boolean closed;

    PinnedMemory(CudaContext context, Pointer pointer, int bytes) {
        this.context = context;
        this.pointer = pointer;
        this.bytes = bytes;
        this.whole = pointer.getByteBuffer(0, bytes);
    }

    public int bytes() {
        return bytes;
    }

    /**
     * A view of all of it, in the machine's byte order, with a position and limit of its own. It must not be touched while a stream copies from or to it,
     * nor after the memory is closed.
     */
    public ByteBuffer buffer() {
        requireOpen();
        return whole.duplicate().order(ByteOrder.nativeOrder());
    }

    /** The place of these bytes, for the driver. */
    Pointer at(long offset, long count) {
        requireOpen();
        Objects.checkFromIndexSize(offset, count, (long) bytes);
        return pointer.withByteOffset(offset);
    }

    CudaContext context() {
        return context;
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this memory was given back");
        }
    }

    /** Gives it back; no stream may be copying from or to it. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            context.release("freeing " + bytes + " bytes of pinned memory", () -> JCudaDriver.cuMemFreeHost(pointer));
        }
    }
}
