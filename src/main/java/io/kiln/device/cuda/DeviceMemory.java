package io.kiln.device.cuda;

import java.util.Objects;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;

/** Memory of a device. */
public final class DeviceMemory implements AutoCloseable {
    private final CudaContext context;
    private final CUdeviceptr pointer;
    private final long bytes;
    private boolean closed;

    DeviceMemory(CudaContext context, CUdeviceptr pointer, long bytes) {
        this.context = context;
        this.pointer = pointer;
        this.bytes = bytes;
    }

    public long bytes() {
        return bytes;
    }

    /** The place of these bytes, for the driver. */
    CUdeviceptr at(long offset, long count) {
        requireOpen();
        Objects.checkFromIndexSize(offset, count, bytes);
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

    /** Waits for what uses it and gives it back. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            context.release("freeing " + bytes + " bytes", () -> JCudaDriver.cuMemFree(pointer));
        }
    }
}
