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

/** A full reconstruction on the processor: units are slices. */
final class FullWork implements SlabWork<FullWork.Slot> {
    private final SliceSource source;
    private final VolumeWriter writer;
    private final SlabLayout layout;
    private final PairReconstruction reconstruction;
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
    record Slot(SinogramSlab counts, float[] images) {}

    /** Takes over source and writer: they are closed with it. */
    FullWork(TomographyPlan plan, SliceSource source, VolumeWriter writer, CpuDevice device) {
        this.source = source;
        this.writer = writer;
        pixels = Math.multiplyExact(plan.width(), plan.width());
        center = plan.binned(plan.center());
        Reconstructor reconstructor = source.reconstructor();
        layout = layout(plan, source, reconstructor, device.threads(), device.memoryBytes());
        CpuThreads threads = new CpuThreads("kiln-" + device.id() + "-slices", device.threads());
        reconstruction = new PairReconstruction(reconstructor, layout, threads, pixels, plan.slices());
        sinograms = new float[2 * layout.workers()][];
        scratch = new float[layout.workers()][];
        for (int worker = 0; worker < layout.workers(); worker++) {
            sinograms[2 * worker] = source.newSinogram();
            sinograms[2 * worker + 1] = source.newSinogram();
            scratch[worker] = source.newScratch();
        }
    }

    private static SlabLayout layout(
            TomographyPlan plan, SliceSource source, Reconstructor reconstructor, int threads, long memoryBytes) {
        long pixels = (long) plan.width() * plan.width();
        SlabLayout.Needs needs = new SlabLayout.Needs(
                source.countBytes(),
                Float.BYTES * pixels,
                2 * source.sinogramBytes() + source.scratchBytes(),
                source.fieldBytes(),
                pixels,
                plan.parameters().pixelsPerBin());
        return SlabLayout.fit(needs, reconstructor, threads, memoryBytes, plan.slices());
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
        return new Slot(source.newCounts(layout.units()), new float[layout.units() * pixels]);
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
