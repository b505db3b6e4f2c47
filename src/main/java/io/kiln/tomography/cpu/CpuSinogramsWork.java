package io.kiln.tomography.cpu;

import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.OutputImages;
import io.kiln.tomography.SliceSource;
import io.kiln.tomography.TomographyPlan;
import io.kiln.tomography.TryImage;
import io.kiln.tomography.reconstruction.Sinogram;
import io.kiln.tomography.scan.SinogramSlab;
import java.io.IOException;
import java.util.List;

/**
 * Slabs hold sinograms: who reads makes them. Units are images, every centre of a slice before the next slice, and a slice is read and prepared once for all
 * its centres. Beside that it is for full reconstructions whose counts take too much memory, as binned ones do: it keeps those of one part of one slice.
 */
final class CpuSinogramsWork extends CpuWork<CpuSinogramsWork.Slot> {
    private final TomographyPlan plan;
    private final List<TryImage> images;
    private final int slicesPerSlab;

    // the slice that was read last; used by the reading thread alone
    private final SinogramSlab part;
    private final float[] scratch;
    private final float[] sinogram;
    private int prepared = -1;
    private boolean hasLight;

    /**
     * The buffers of one slab.
     *
     * @param sinograms line integrals of its slices
     * @param hasLight for each of them, whether it has a usable pixel
     * @param images what was computed, one image after the other
     */
    record Slot(float[][] sinograms, boolean[] hasLight, float[] images) implements Computed {}

    CpuSinogramsWork(
            TomographyPlan plan,
            SliceSource source,
            OutputImages output,
            SlabLayout layout,
            PairReconstruction reconstruction) {
        super(source, output, layout, reconstruction);
        this.plan = plan;
        this.images = plan.unitImages();
        int centers = plan.centersPerSlice();
        slicesPerSlab = Math.min(images.size() / centers, (layout.units() + centers - 2) / centers + 1);
        part = source.newPart(layout.needs().partRows());
        scratch = source.newScratch();
        sinogram = source.newSinogram();
    }

    @Override
    public Slot newSlot() {
        float[][] sinograms = new float[slicesPerSlab][];
        for (int i = 0; i < slicesPerSlab; i++) {
            sinograms[i] = source.newSinogram();
        }
        return new Slot(sinograms, new boolean[slicesPerSlab], new float[slabUnits() * plan.pixels()]);
    }

    @Override
    public void read(UnitRange units, Slot slot) throws IOException {
        int place = -1;
        for (int unit = units.from(); unit < units.to(); unit++) {
            int slice = images.get(unit).slice();
            if (unit == units.from() || slice != images.get(unit - 1).slice()) {
                prepare(slice);
                place++;
                slot.hasLight()[place] = hasLight;
                System.arraycopy(sinogram, 0, slot.sinograms()[place], 0, sinogram.length);
            }
        }
    }

    private void prepare(int slice) throws IOException {
        if (slice != prepared) {
            prepared = -1;
            hasLight = source.readSinogram(slice, part, sinogram, scratch);
            prepared = slice;
        }
    }

    @Override
    public void compute(UnitRange units, Slot slot) throws InterruptedException {
        int[] places = places(units);
        reconstruction.compute(
                units,
                (worker, unit, second) -> {
                    int place = places[unit - units.from()];
                    double center = plan.binned(images.get(unit).center());
                    return slot.hasLight()[place] ? new Sinogram(slot.sinograms()[place], center) : null;
                },
                slot.images());
    }

    /** For each unit of a slab, which of the slab's slices it shows. */
    private int[] places(UnitRange units) {
        int[] places = new int[units.count()];
        for (int i = 1; i < places.length; i++) {
            boolean isNext = images.get(units.from() + i).slice()
                    != images.get(units.from() + i - 1).slice();
            places[i] = places[i - 1] + (isNext ? 1 : 0);
        }
        return places;
    }
}
