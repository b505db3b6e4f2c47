package io.kiln.tomography.cpu;

import io.kiln.device.cpu.CpuDevice;
import io.kiln.device.cpu.CpuThreads;
import io.kiln.pipeline.SlabWork;
import io.kiln.tomography.DeviceWorks;
import io.kiln.tomography.OutputImages;
import io.kiln.tomography.SliceSizes;
import io.kiln.tomography.SliceSource;
import io.kiln.tomography.TomographyPlan;
import io.kiln.tomography.reconstruction.Reconstructor;
import io.kiln.volume.spool.SpoolLimits;

/** The works of tomography on a share of the processor's cores. */
public record CpuWorks(CpuDevice device) implements DeviceWorks {
    @Override
    public void requireMemory(TomographyPlan plan, SliceSizes sizes) {
        layout(plan, sizes, sizes.reconstructor());
    }

    @Override
    public SpoolLimits spoolLimits() {
        return new SpoolLimits(device.threads(), device.memoryBytes(), () -> false);
    }

    @Override
    public SlabWork<?> full(TomographyPlan plan, SliceSource source, OutputImages output) {
        Reconstructor reconstructor = source.sizes().reconstructor();
        SlabLayout layout = layout(plan, source.sizes(), reconstructor);
        return new CpuFullWork(plan, source, output, layout, pairs(plan, reconstructor, layout));
    }

    @Override
    public SlabWork<?> tryCenters(TomographyPlan plan, SliceSource source, OutputImages output) {
        Reconstructor reconstructor = source.sizes().reconstructor();
        SlabLayout layout = layout(plan, source.sizes(), reconstructor);
        return new CpuTryWork(plan, source, output, layout, pairs(plan, reconstructor, layout));
    }

    private SlabLayout layout(TomographyPlan plan, SliceSizes sizes, Reconstructor reconstructor) {
        SlabNeeds needs = plan.isTry() ? SlabNeeds.ofTry(plan, sizes) : SlabNeeds.ofFull(plan, sizes);
        return SlabLayout.fit(needs, reconstructor, device.threads(), device.memoryBytes(), plan.units());
    }

    private PairReconstruction pairs(TomographyPlan plan, Reconstructor reconstructor, SlabLayout layout) {
        CpuThreads threads = new CpuThreads("kiln-" + device.id() + "-slices", device.threads());
        return new PairReconstruction(reconstructor, layout, threads, plan.pixels(), plan.units());
    }
}
