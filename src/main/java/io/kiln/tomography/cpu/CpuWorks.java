package io.kiln.tomography.cpu;

import io.kiln.device.cpu.CpuDevice;
import io.kiln.device.cpu.CpuThreads;
import io.kiln.pipeline.SlabWork;
import io.kiln.tomography.DeviceWorks;
import io.kiln.tomography.OutputImages;
import io.kiln.tomography.SliceSource;
import io.kiln.tomography.TomographyPlan;
import io.kiln.tomography.reconstruction.Reconstructor;
import io.kiln.volume.spool.SpoolLimits;

/** The works of tomography on a share of the processor's cores. */
public record CpuWorks(CpuDevice device) implements DeviceWorks {
    @Override
    public SpoolLimits spoolLimits() {
        return new SpoolLimits(device.threads(), device.memoryBytes(), () -> false);
    }

    @Override
    public SlabWork<?> full(TomographyPlan plan, SliceSource source, OutputImages output) {
        Reconstructor reconstructor = source.reconstructor();
        SlabLayout layout = layout(SlabNeeds.ofFull(plan, source), reconstructor, plan.slices());
        return new CpuFullWork(
                plan, source, output, layout, pairs(reconstructor, layout, plan.pixels(), plan.slices()));
    }

    @Override
    public SlabWork<?> tryCenters(TomographyPlan plan, SliceSource source, OutputImages output) {
        Reconstructor reconstructor = source.reconstructor();
        int images = plan.images().size();
        SlabLayout layout = layout(SlabNeeds.ofTry(plan, source), reconstructor, images);
        return new CpuTryWork(plan, source, output, layout, pairs(reconstructor, layout, plan.pixels(), images));
    }

    private SlabLayout layout(SlabNeeds needs, Reconstructor reconstructor, int units) {
        return SlabLayout.fit(needs, reconstructor, device.threads(), device.memoryBytes(), units);
    }

    private PairReconstruction pairs(Reconstructor reconstructor, SlabLayout layout, int pixels, int units) {
        CpuThreads threads = new CpuThreads("kiln-" + device.id() + "-slices", device.threads());
        return new PairReconstruction(reconstructor, layout, threads, pixels, units);
    }
}
