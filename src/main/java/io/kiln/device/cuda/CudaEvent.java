package io.kiln.device.cuda;

import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;

/** A mark in a stream. */
public final class CudaEvent implements AutoCloseable {
    private final CudaContext context;
    private final CUevent event;
    private boolean closed;

    CudaEvent(CudaContext context, CUevent event) {
        this.context = context;
        this.event = event;
    }

    /** Waits, asleep, until everything before the mark is done. */
    public void await() {
        context.call("waiting for an event", () -> JCudaDriver.cuEventSynchronize(event));
    }

    /** Time between two marks as the device took it, to about half a microsecond. Both must have been reached. */
    public double millisecondsSince(CudaEvent earlier) {
        context.requireOwn(earlier.context);
        float[] milliseconds = new float[1];
        context.call(
                "reading the time of an event",
                () -> JCudaDriver.cuEventElapsedTime(milliseconds, earlier.event, event));
        return milliseconds[0];
    }

    CudaContext context() {
        return context;
    }

    CUevent handle() {
        return event;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            context.release("giving an event back", () -> JCudaDriver.cuEventDestroy(event));
        }
    }
}
