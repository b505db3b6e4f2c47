package io.kiln.tomography.cuda;

import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.device.cpu.ProcessMemory;
import io.kiln.device.cuda.CudaDevice;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.SlabWork;
import io.kiln.tomography.DeviceWorks;
import io.kiln.tomography.OutputImages;
import io.kiln.tomography.SliceSizes;
import io.kiln.tomography.SliceSource;
import io.kiln.tomography.TomographyPlan;
import io.kiln.volume.spool.SpoolLimits;

/** The works of tomography on a GPU. */
public record CudaWorks(CudaDevice device) implements DeviceWorks {
    /** What decompressing may take of the heap, where the share of the device is not less. */
    private static final int SPOOL_SHARE = 4;

    @Override
    public void requireMemory(TomographyPlan plan, SliceSizes sizes) {
        requireMemory(new ReconstructionSizes(plan, sizes), sizes.fieldBytes());
    }

    /** @param fieldBytes of flats and darks, which stay on the heap while the lane lives */
    private void requireMemory(ReconstructionSizes sizes, long fieldBytes) {
        SlabHeight.fitting(sizes, device.memoryBytes());
        long heapBytes = ProcessMemory.heapBytes(device);
        if (fieldBytes > heapBytes) {
            throw new InputRejectedException("the flats and darks of this scan take " + SlabHeight.mebibytes(fieldBytes)
                    + " MiB of Java's heap while a GPU computes, but the share of one of " + device.sharing()
                    + " devices is " + SlabHeight.mebibytes(heapBytes)
                    + " MiB: raise -Xmx in KILN_JAVA_OPTS (of a worker in KILN_WORKER_JAVA_OPTS), or crop the scan");
        }
    }

    @Override
    public SpoolLimits spoolLimits() {
        Runtime host = Runtime.getRuntime();
        long memoryBytes = Math.min(host.maxMemory() / SPOOL_SHARE, ProcessMemory.heapBytes(device));
        return new SpoolLimits(host.availableProcessors(), memoryBytes, () -> false);
    }

    @Override
    public SlabWork<?> work(TomographyPlan plan, SliceSource source, OutputImages output) {
        return open(
                plan,
                source,
                (holdings, sizes, units) -> plan.isTry()
                        ? new CudaTryWork(plan, source, output, holdings, sizes, units)
                        : new CudaFullWork(plan, source, output, holdings, sizes, units));
    }

    /** Makes a work with slabs of a height. */
    private interface Opening {
        SlabWork<?> open(GpuHoldings holdings, ReconstructionSizes sizes, int units);
    }

    /** Others may take memory meanwhile, and what is free may not be in one piece: then slabs are made lower. */
    private SlabWork<?> open(TomographyPlan plan, SliceSource source, Opening opening) {
        ReconstructionSizes sizes = new ReconstructionSizes(plan, source.sizes());
        requireMemory(sizes, source.sizes().fieldBytes());
        int highest = Integer.MAX_VALUE;
        while (true) {
            GpuHoldings holdings = new GpuHoldings(device.open());
            SlabWork<?> work = null;
            int units = highest;
            try {
                units = Math.min(highest, height(sizes, free(holdings)));
                work = opening.open(holdings, sizes, units);
                return work;
            } catch (OutOfDeviceMemoryException e) {
                highest = lower(units, e);
            } finally {
                if (work == null) {
                    holdings.close();
                }
            }
        }
    }

    /** The scan fits the device, but perhaps not what others leave of it. */
    private int height(ReconstructionSizes sizes, long freeBytes) {
        try {
            return SlabHeight.fitting(sizes, freeBytes);
        } catch (InputRejectedException e) {
            throw new OutOfDeviceMemoryException(
                    device.id(), device.id() + ": others leave too little of its memory: " + e.getMessage());
        }
    }

    private long free(GpuHoldings holdings) {
        return Math.min(holdings.freeMemory(), device.memoryBytes());
    }

    private static int lower(int units, OutOfDeviceMemoryException reason) {
        int lower = SlabHeight.shorter(units);
        if (units == Integer.MAX_VALUE || lower < SlabHeight.LEAST) {
            throw reason;
        }
        return lower;
    }
}
