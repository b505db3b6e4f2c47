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
import java.util.List;

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
    public SlabWork<?> work(TomographyPlan plan, SliceSource source, OutputImages output) {
        Reconstructor reconstructor = source.sizes().reconstructor();
        SlabLayout layout = layout(plan, source.sizes(), reconstructor);
        CpuThreads threads = new CpuThreads("kiln-" + device.id() + "-slices", device.threads());
        PairReconstruction pairs = new PairReconstruction(reconstructor, layout, threads, plan.pixels(), plan.units());
        return switch (layout.needs().content()) {
            case COUNTS -> new CpuCountsWork(plan, source, output, layout, pairs);
            case SINOGRAMS -> new CpuSinogramsWork(plan, source, output, layout, pairs);
        };
    }

    private SlabLayout layout(TomographyPlan plan, SliceSizes sizes, Reconstructor reconstructor) {
        sizes.requireArrays();
        SlabMemory memory = SlabMemory.of(device);
        List<SlabNeeds> alternatives = SlabNeeds.of(plan, sizes, memory);
        return SlabLayout.fit(alternatives, reconstructor, device.threads(), memory, plan.units());
    }
}
