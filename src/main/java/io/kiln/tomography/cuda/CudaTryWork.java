package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.OutputImages;
import io.kiln.tomography.SliceSource;
import io.kiln.tomography.TomographyPlan;
import io.kiln.tomography.TryImage;
import io.kiln.tomography.scan.SinogramSlab;
import io.kiln.tomography.scan.StoredCounts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A try on a GPU: units are images, every centre of a slice before the next slice. A slab's slices are copied to the device, prepared and transformed once for
 * all their centres of the slab; a centre is a phase of the spectra.
 *
 * <p>A slab's input is the counts of its slices, then the responses of its images.
 */
final class CudaTryWork extends CudaWork {
    private final TomographyPlan plan;
    private final List<TryImage> images;
    private final StoredCounts stored;
    private final DeviceMemory unchanged;
    private final DeviceMemory sliceSpectra;

    // the slice that was read last; used by the reading thread alone
    private final ByteBuffer lastCounts;
    private final SinogramSlab last;
    private int lastSlice = -1;

    CudaTryWork(
            TomographyPlan plan,
            SliceSource source,
            OutputImages output,
            GpuHoldings holdings,
            ReconstructionSizes sizes,
            int slabUnits) {
        super(source, output, holdings, sizes, new GpuReconstruction(holdings, plan, source, sizes), slabUnits, 1);
        this.plan = plan;
        images = plan.images();
        stored = source.stored(1);
        unchanged = reconstruction.unchanged(holdings);
        sliceSpectra = holdings.memory(2 * sizes.spectra());
        lastCounts = ByteBuffer.allocateDirect(Math.toIntExact(sizes.counts()));
        last = source.newCounts(1, lastCounts);
    }

    @Override
    protected int slice(int unit) {
        return images.get(unit).slice();
    }

    @Override
    protected long inputBytes(UnitRange units) {
        return responses(units) + units.count() * sizes.response();
    }

    /** Where the responses begin, behind the counts. */
    private long responses(UnitRange units) {
        return slices(units).length * sizes.alignedCounts();
    }

    /** The slices that these units show, in order. */
    private int[] slices(UnitRange units) {
        return IntStream.range(units.from(), units.to())
                .map(this::slice)
                .distinct()
                .toArray();
    }

    @Override
    public void read(UnitRange units, GpuSlot slot) throws IOException {
        slot.settle();
        ByteBuffer input = slot.input();
        long place = 0;
        for (int slice : slices(units)) {
            readLast(slice);
            input.position((int) place).put(lastCounts.clear());
            place += sizes.alignedCounts();
        }
        input.position((int) place);
        for (int unit = units.from(); unit < units.to(); unit++) {
            reconstruction.putResponse(plan.binned(images.get(unit).center()), input);
        }
    }

    private void readLast(int slice) throws IOException {
        if (slice != lastSlice) {
            lastSlice = -1;
            source.read(slice, slice + 1, last);
            lastSlice = slice;
        }
    }

    @Override
    protected void launch(UnitRange units, GpuSlot slot) {
        int[] slices = slices(units);
        int[] transformed = {};
        for (int made = 0; made < units.count(); made += ReconstructionSizes.QUAD) {
            int first = units.from() + made;
            UnitRange quad = new UnitRange(first, Math.min(first + ReconstructionSizes.QUAD, units.to()));
            int[] shown = slices(quad);
            if (!Arrays.equals(shown, transformed)) {
                transform(slot, slices, shown);
                transformed = shown;
            }
            reconstruct(slot, quad, shown, made, responses(units));
        }
    }

    /** Makes the spectra of up to four slices. */
    private void transform(GpuSlot slot, int[] slicesOfSlab, int[] shown) {
        CudaStream stream = slot.stream();
        for (int i = 0; i < shown.length; i++) {
            reconstruction
                    .sinograms()
                    .prepare(
                            stream,
                            slot.deviceInput(),
                            place(slicesOfSlab, shown[i]) * sizes.alignedCounts(),
                            stored,
                            0,
                            shown[i],
                            1,
                            reconstruction.sinogramMemory(),
                            i);
        }
        reconstruction
                .projections()
                .transformApart(stream, reconstruction.sinogramMemory(), unchanged, sliceSpectra, shown.length);
    }

    private void reconstruct(GpuSlot slot, UnitRange quad, int[] shown, int made, long responses) {
        int[] places = IntStream.range(quad.from(), quad.to())
                .map(unit -> place(shown, slice(unit)))
                .toArray();
        reconstruction
                .projections()
                .shift(
                        slot.stream(),
                        sliceSpectra,
                        places,
                        slot.deviceInput(),
                        responses + made * sizes.response(),
                        reconstruction.spectra());
        reconstruction
                .images()
                .reconstruct(slot.stream(), reconstruction.spectra(), slot.deviceOutput(), made, quad.count());
    }

    private static int place(int[] slices, int slice) {
        int place = 0;
        while (slices[place] != slice) {
            place++;
        }
        return place;
    }
}
