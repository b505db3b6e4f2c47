package io.kiln.device.cuda;

import io.kiln.device.DeviceId;
import io.kiln.device.DeviceLostException;
import io.kiln.device.OutOfDeviceMemoryException;
import java.util.Optional;
import java.util.function.IntSupplier;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/**
 * A GPU opened for work. Any thread may call it and what it made: each call makes the device the thread's own and gives it back. Close what it made first,
 * then it. Once the device is lost, every call throws {@link DeviceLostException}, and closing does nothing more: what the device held is gone.
 */
public final class CudaContext implements AutoCloseable {
    private final DeviceId id;
    private final CUdevice device;
    private final CUcontext context;
    private final Optional<LaunchClock> clock;
    private volatile boolean lost;
    private volatile boolean closed;

    private CudaContext(DeviceId id, CUdevice device, CUcontext context, Optional<LaunchClock> clock) {
        this.id = id;
        this.device = device;
        this.context = context;
        this.clock = clock;
    }

    /** @param clock measures what is launched */
    static CudaContext open(DeviceId id, CUdevice device, Optional<LaunchClock> clock) {
        CUcontext context = new CUcontext();
        CudaResult.check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device), id, "opening it");
        return new CudaContext(id, device, context, clock);
    }

    /** Bytes of the device's memory that nobody uses just now. */
    public long freeMemory() {
        long[] free = new long[1];
        call("asking for free memory", () -> JCudaDriver.cuMemGetInfo(free, new long[1]));
        return free[0];
    }

    /**
     * Takes memory of the device. What it holds is not defined.
     *
     * @param bytes at least 1
     * @throws OutOfDeviceMemoryException when less is free in one piece
     */
    public DeviceMemory allocate(long bytes) {
        CUdeviceptr pointer = new CUdeviceptr();
        call("allocating " + bytes + " bytes", () -> JCudaDriver.cuMemAlloc(pointer, bytes));
        return new DeviceMemory(this, pointer, bytes);
    }

    /**
     * Takes memory of the machine that the device reads and writes by itself, while other things are done.
     *
     * @param bytes at least 1, at most 2³¹−1: what one buffer can show
     * @throws OutOfDeviceMemoryException when the machine does not give as much
     */
    public PinnedMemory allocatePinned(long bytes) {
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    bytes + " bytes of pinned memory cannot be had in one piece: ask for 1 to " + Integer.MAX_VALUE
                            + " bytes, several times where more is needed");
        }
        Pointer pointer = new Pointer();
        call("allocating " + bytes + " bytes of pinned memory", () -> JCudaDriver.cuMemHostAlloc(pointer, bytes, 0));
        return new PinnedMemory(this, pointer, (int) bytes);
    }

    /** Makes a queue of work; what is put into different streams may be done at the same time. */
    public CudaStream newStream() {
        CUstream stream = new CUstream();
        call("making a stream", () -> JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
        return new CudaStream(this, stream);
    }

    /** Whoever waits for it sleeps. */
    CUevent newEvent() {
        CUevent event = new CUevent();
        call("making an event", () -> JCudaDriver.cuEventCreate(event, CUevent_flags.CU_EVENT_BLOCKING_SYNC));
        return event;
    }

    /**
     * Makes the program's kernels ready to launch. The first time on a machine the driver translates it, which may take seconds.
     *
     * @throws IllegalStateException when the driver or the GPU is too old for it
     */
    public CudaProgram load(Ptx ptx) {
        CUmodule module = new CUmodule();
        call("loading " + ptx.name(), () -> JCudaDriver.cuModuleLoadData(module, ptx.image()));
        return new CudaProgram(this, ptx, module);
    }

    /** Measures what is launched, where somebody wants to know. */
    Optional<LaunchClock> clock() {
        return clock;
    }

    /** True once the device has failed in a way that takes everything on it with it. */
    public boolean isLost() {
        return lost;
    }

    /** Has the driver do something with this device on the calling thread. */
    void call(String doing, IntSupplier driver) {
        if (closed) {
            throw new IllegalStateException(id + " is closed; it cannot be used for " + doing);
        }
        try {
            CudaResult.check(JCudaDriver.cuCtxPushCurrent(context), id, doing);
            try {
                CudaResult.check(driver.getAsInt(), id, doing);
            } finally {
                CudaResult.check(JCudaDriver.cuCtxPopCurrent(new CUcontext()), id, doing);
            }
        } catch (DeviceLostException e) {
            lost = true;
            throw e;
        }
    }

    /** Gives something of the device back, where the device still is what it was. */
    void release(String doing, IntSupplier driver) {
        if (!lost) {
            call(doing, driver);
        }
    }

    void requireOwn(CudaContext owner) {
        if (owner != this) {
            throw new IllegalArgumentException(
                    "what belongs to " + owner.id + " cannot be used with " + id + ", or it was opened another time");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            int result = JCudaDriver.cuDevicePrimaryCtxRelease(device);
            if (!lost) {
                CudaResult.check(result, id, "closing it");
            }
        }
    }
}
