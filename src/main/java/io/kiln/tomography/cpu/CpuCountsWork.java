package io.kiln.tomography.cpu;

import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.OutputImages;
import io.kiln.tomography.SliceSource;
import io.kiln.tomography.TomographyPlan;
import io.kiln.tomography.reconstruction.Sinogram;
import io.kiln.tomography.scan.SinogramSlab;
import java.io.IOException;

/** Slabs hold counts: those who compute make sinograms of them. Units are slices. */
final class CpuCountsWork extends CpuWork<CpuCountsWork.Slot> {
    private final int pixels;
    private final double center;
    private final float[][] sinograms;
    private final float[][] scratch;

    /**
     * The buffers of one slab.
     *
     * @param counts what was read
     * @param images what was computed, one slice after the other
     */
    record Slot(SinogramSlab counts, float[] images) implements Computed {}

    CpuCountsWork(
            TomographyPlan plan,
            SliceSource source,
            OutputImages output,
            SlabLayout layout,
            PairReconstruction reconstruction) {
        super(source, output, layout, reconstruction);
        pixels = plan.pixels();
        center = plan.binned(plan.center());
        sinograms = new float[2 * layout.workers()][];
        scratch = new float[layout.workers()][];
        for (int worker = 0; worker < layout.workers(); worker++) {
            sinograms[2 * worker] = source.newSinogram();
            sinograms[2 * worker + 1] = source.newSinogram();
            scratch[worker] = source.newScratch();
        }
    }

    @Override
    public Slot newSlot() {
        return new Slot(source.newCounts(slabUnits()), new float[slabUnits() * pixels]);
    }

    @Override
    public void read(UnitRange units, Slot slot) throws IOException {
        source.read(units.from(), units.to(), slot.counts());
    }

    @Override
    public void compute(UnitRange units, Slot slot) throws InterruptedException {
        reconstruction.compute(
                units,
                (worker, unit, second) -> {
                    float[] sinogram = sinograms[2 * worker + (second ? 1 : 0)];
                    boolean hasLight = source.prepare(unit, slot.counts(), sinogram, scratch[worker]);
                    return hasLight ? new Sinogram(sinogram, center) : null;
                },
                slot.images());
    }
}
