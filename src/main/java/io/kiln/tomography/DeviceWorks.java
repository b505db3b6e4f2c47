package io.kiln.tomography;

import io.kiln.device.Device;
import io.kiln.device.cpu.CpuDevice;
import io.kiln.device.cuda.CudaDevice;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.SlabWork;
import io.kiln.tomography.cpu.CpuWorks;
import io.kiln.tomography.cuda.CudaWorks;
import io.kiln.volume.spool.SpoolLimits;

/** The works of tomography on one device. Each kind of device has an implementation of its own. */
public interface DeviceWorks {
    /**
     * The one place that knows which kinds of devices tomography runs on.
     *
     * @throws IllegalArgumentException when this is none of them
     */
    static DeviceWorks of(Device device) {
        if (device instanceof CpuDevice cpu) {
            return new CpuWorks(cpu);
        }
        if (device instanceof CudaDevice gpu) {
            return new CudaWorks(gpu);
        }
        throw new IllegalArgumentException("tomography does not run on " + device.title() + " (" + device.id() + ")");
    }

    /**
     * Checks that a plan's slabs fit the device.
     *
     * @throws InputRejectedException when not even the smallest one does
     */
    void requireMemory(TomographyPlan plan, SliceSizes sizes);

    /** What opening a scan may take of the host where blocks of it are still to be decompressed. */
    SpoolLimits spoolLimits();

    /**
     * What makes the plan's images: units are slices, or the images of a try. The work takes over source and output: they are closed with it.
     *
     * @throws InputRejectedException as {@link #requireMemory}: the device may be another one than the plan was checked for
     */
    SlabWork<?> work(TomographyPlan plan, SliceSource source, OutputImages output);
}
