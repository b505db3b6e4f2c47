package io.kiln.tomography;

import io.kiln.device.cpu.CpuDevice;
import io.kiln.device.cpu.CpuThreads;
import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.reconstruction.Reconstructor;
import io.kiln.tomography.reconstruction.Sinogram;
import io.kiln.tomography.scan.SinogramSlab;
import io.kiln.volume.VolumeWriter;
import java.io.IOException;
import java.util.List;

/** A try on the processor: units are images, every centre of a slice before the next slice. A slice is read and prepared once for all its centres. */
final class TryWork implements SlabWork<TryWork.Slot> {
    private final TomographyPlan plan;
    private final List<TryImage> images;
    private final SliceSource source;
    private final VolumeWriter writer;
    private final SlabLayout layout;
    private final PairReconstruction reconstruction;
    private final int pixels;
    private final int slicesPerSlab;

    // the slice that was read last; used by the reading thread alone
    private final SinogramSlab counts;
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
    record Slot(float[][] sinograms, boolean[] hasLight, float[] images) {}

    /** Takes over source and writer: they are closed with it. */
    TryWork(TomographyPlan plan, SliceSource source, VolumeWriter writer, CpuDevice device) {
        this.plan = plan;
        this.images = plan.images();
        this.source = source;
        this.writer = writer;
        pixels = Math.multiplyExact(plan.width(), plan.width());
        Reconstructor reconstructor = source.reconstructor();
        int slices = (int) images.stream().mapToInt(TryImage::slice).distinct().count();
        int centers = images.size() / slices;
        layout = layout(source, reconstructor, device, centers);
        slicesPerSlab = Math.min(slices, (layout.units() + centers - 2) / centers + 1);
        CpuThreads threads = new CpuThreads("kiln-" + device.id() + "-images", device.threads());
        reconstruction = new PairReconstruction(reconstructor, layout, threads, pixels, images.size());
        counts = source.newCounts(1);
        scratch = source.newScratch();
        sinogram = source.newSinogram();
    }

    private SlabLayout layout(SliceSource source, Reconstructor reconstructor, CpuDevice device, int centers) {
        long sinogramBytes = source.sinogramBytes();
        SlabLayout.Needs needs = new SlabLayout.Needs(
                0,
                Float.BYTES * (long) pixels + sinogramBytes / centers,
                0,
                source.fieldBytes()
                        + source.scratchBytes()
                        + source.countBytes()
                        + (2 * SlabLayout.SLOTS + 1) * sinogramBytes,
                pixels,
                1);
        return SlabLayout.fit(needs, reconstructor, device.threads(), device.memoryBytes(), images.size());
    }

    @Override
    public int slabUnits() {
        return layout.units();
    }

    @Override
    public int slots() {
        return layout.slots();
    }

    @Override
    public Slot newSlot() {
        float[][] sinograms = new float[slicesPerSlab][];
        for (int i = 0; i < slicesPerSlab; i++) {
            sinograms[i] = source.newSinogram();
        }
        return new Slot(sinograms, new boolean[slicesPerSlab], new float[layout.units() * pixels]);
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
            source.read(slice, slice + 1, counts);
            hasLight = source.prepare(slice, counts, sinogram, scratch);
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

    @Override
    public void write(UnitRange units, Slot slot) throws IOException {
        OutputImages.writeAll(writer, units, slot.images(), pixels);
    }

    @Override
    public void writeSkipped(UnitRange units) throws IOException {
        OutputImages.writeSkipped(writer, units, pixels);
    }

    @Override
    public void force(UnitRange units) throws IOException {
        writer.force(units.from(), units.to());
    }

    @Override
    public void close() throws IOException {
        try (source;
                writer) {
            reconstruction.close();
        }
    }
}
