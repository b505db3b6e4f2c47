package io.kiln.device.cuda;

import jcuda.driver.CUevent;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/**
 * A queue of work on a device: what is put in is done in this order, later, while the calls return at once. What fails then is thrown by a later call, at
 * the latest by waiting.
 */
public final class CudaStream implements AutoCloseable {
    private final CudaContext context;
    private final CUstream stream;
    private boolean closed;

    CudaStream(CudaContext context, CUstream stream) {
        this.context = context;
        this.stream = stream;
    }

    /** Copies bytes of the machine's memory into the device's. */
    public void upload(PinnedMemory from, long fromOffset, DeviceMemory to, long toOffset, long bytes) {
        requireOwn(from.context(), to.context());
        var source = from.at(fromOffset, bytes);
        var destination = to.at(toOffset, bytes);
        context.call(
                "copying " + bytes + " bytes to the device",
                () -> JCudaDriver.cuMemcpyHtoDAsync(destination, source, bytes, stream));
    }

    /** Copies bytes of the device's memory into the machine's. */
    public void download(DeviceMemory from, long fromOffset, PinnedMemory to, long toOffset, long bytes) {
        requireOwn(from.context(), to.context());
        var source = from.at(fromOffset, bytes);
        var destination = to.at(toOffset, bytes);
        context.call(
                "copying " + bytes + " bytes from the device",
                () -> JCudaDriver.cuMemcpyDtoHAsync(destination, source, bytes, stream));
    }

    /** Copies bytes within the device. The two places must not overlap. */
    public void copy(DeviceMemory from, long fromOffset, DeviceMemory to, long toOffset, long bytes) {
        requireOwn(from.context(), to.context());
        var source = from.at(fromOffset, bytes);
        var destination = to.at(toOffset, bytes);
        context.call(
                "copying " + bytes + " bytes on the device",
                () -> JCudaDriver.cuMemcpyDtoDAsync(destination, source, bytes, stream));
    }

    /** Sets bytes of the device's memory. */
    public void fill(DeviceMemory memory, long offset, long bytes, byte value) {
        requireOwn(memory.context());
        var destination = memory.at(offset, bytes);
        context.call(
                "setting " + bytes + " bytes on the device",
                () -> JCudaDriver.cuMemsetD8Async(destination, value, bytes, stream));
    }

    /** Marks what has been put in so far. The event is the caller's to close. */
    public CudaEvent record() {
        CUevent event = context.newEvent();
        CudaEvent recorded = new CudaEvent(context, event);
        try {
            context.call("recording an event", () -> JCudaDriver.cuEventRecord(event, stream));
        } catch (RuntimeException e) {
            recorded.close();
            throw e;
        }
        return recorded;
    }

    /** What is put in from now on begins after the event, which may be of another stream of the same device. */
    public void waitFor(CudaEvent event) {
        requireOwn(event.context());
        context.call("waiting for another stream", () -> JCudaDriver.cuStreamWaitEvent(stream, event.handle(), 0));
    }

    /** Waits until everything that was put in is done. */
    public void await() {
        context.call("waiting for a stream", () -> JCudaDriver.cuStreamSynchronize(stream));
    }

    CudaContext context() {
        return context;
    }

    CUstream handle() {
        return stream;
    }

    private void requireOwn(CudaContext... owners) {
        for (CudaContext owner : owners) {
            context.requireOwn(owner);
        }
    }

    /** Waits for what was put in, then gives the stream back. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                context.release("waiting for a stream", () -> JCudaDriver.cuStreamSynchronize(stream));
            } finally {
                context.release("ending a stream", () -> JCudaDriver.cuStreamDestroy(stream));
            }
        }
    }
}
