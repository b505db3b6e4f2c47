package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaProgram;
import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.Dimensions;
import io.kiln.device.cuda.Kernel;
import io.kiln.device.cuda.KernelArguments;
import io.kiln.tomography.preprocessing.Correction;
import io.kiln.tomography.preprocessing.ReferenceFields;
import io.kiln.tomography.preprocessing.SinogramPreparation;
import io.kiln.tomography.scan.StoredCounts;
import io.kiln.volume.ElementType;
import java.nio.ByteOrder;
import java.util.Locale;

/** Makes sinograms of counts (src/main/cuda/preparation.cu); keeps the flats and darks on the device. */
final class SinogramKernels {
    private static final int THREADS = 128;

    private final Correction correction;
    private final int projections;
    private final int columns;
    private final int width;
    private final int elementBytes;
    private final Kernel prepare;
    private final DeviceMemory dark;
    private final DeviceMemory brightness;
    private final DeviceMemory bins;
    private final DeviceMemory brightening;

    SinogramKernels(GpuHoldings holdings, SinogramPreparation preparation, ElementType type, int projections) {
        this.correction = preparation.correction();
        this.projections = projections;
        this.elementBytes = type.bytes();
        ReferenceFields fields = preparation.fields();
        columns = fields.region().columns();
        width = preparation.columns();
        CudaProgram program = holdings.program("preparation");
        prepare = program.kernel("prepare_" + type.name().toLowerCase(Locale.ROOT));
        dark = holdings.floats(fields.dark());
        brightness = holdings.floats(fields.firstBrightness());
        bins = holdings.memory(2L * Float.BYTES * preparation.slices() * width);
        brightening = holdings.floats(preparation.brightening());
        try (CudaStream stream = holdings.passingStream();
                DeviceMemory last = holdings.passingFloats(fields.lastBrightness())) {
            program.kernel("bin_brightness")
                    .launch(
                            stream,
                            new Dimensions(preparation.slices(), Dimensions.blocks(width, THREADS), 1),
                            Dimensions.of(THREADS),
                            0,
                            new KernelArguments()
                                    .add(brightness)
                                    .add(last)
                                    .add(bins)
                                    .add(columns)
                                    .add(width)
                                    .add(correction.binning()));
            stream.await();
        }
    }

    /**
     * Makes the sinograms of consecutive slices.
     *
     * @param counts of the slab
     * @param offset of its first slice, in bytes
     * @param stored how the slab keeps them
     * @param skipped slices of the slab before the first one
     * @param slice number of the first one, within the region
     * @param sinograms takes slices × projections × columns floats, from {@code place} slices on
     */
    void prepare(
            CudaStream stream,
            DeviceMemory counts,
            long offset,
            StoredCounts stored,
            int skipped,
            int slice,
            int slices,
            DeviceMemory sinograms,
            int place) {
        long begin = offset + ((long) skipped << correction.binning()) * stored.rowStride() * elementBytes;
        long countBytes = ((long) columns << correction.binning()) * elementBytes;
        long fields = (long) Float.BYTES * (slice << correction.binning()) * columns;
        prepare.launch(
                stream,
                new Dimensions(projections, Dimensions.blocks(width, THREADS), slices),
                Dimensions.of(THREADS),
                0,
                new KernelArguments()
                        .add(counts, begin)
                        .add(stored.projectionStride())
                        .add(stored.rowStride())
                        .add(stored.bytes() == ByteOrder.nativeOrder() ? 0 : 1)
                        .add(dark, fields)
                        .add(brightness, fields)
                        .add(bins, 2L * Float.BYTES * slice * width)
                        .add(brightening)
                        .add(sinograms, (long) Float.BYTES * place * projections * width)
                        .add(projections)
                        .add(columns)
                        .add(width)
                        .add(correction.binning())
                        .add(correction.dezinger())
                        .add((float) correction.dezingerThreshold())
                        .add(correction.minusLog() ? 1 : 0)
                        .moving(slices * projections * (countBytes + (long) Float.BYTES * width)));
    }
}
