package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaProgram;
import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.Dimensions;
import io.kiln.device.cuda.Kernel;
import io.kiln.device.cuda.KernelArguments;
import java.util.stream.IntStream;

/** Filters projections (src/main/cuda/projections.cu). */
final class ProjectionKernels {
    private static final int THREADS = 256;

    private final ReconstructionSizes sizes;
    private final LineBlocks blocks;
    private final DeviceMemory roots;
    private final DeviceMemory weights;
    private final Kernel transform;
    private final Kernel shift;
    private final Kernel restore;

    /**
     * @param roots as {@link LineBlocks#roots}
     * @param weights of the projections
     */
    ProjectionKernels(GpuHoldings holdings, ReconstructionSizes sizes, DeviceMemory roots, float[] weights) {
        this.sizes = sizes;
        this.roots = roots;
        this.weights = holdings.floats(weights);
        blocks = LineBlocks.of(sizes.length());
        CudaProgram program = holdings.program("projections");
        transform = program.kernel("transform_projections").allowingSharedBytes(blocks.sharedBytes());
        shift = program.kernel("shift_centers");
        restore = program.kernel("restore_projections").allowingSharedBytes(blocks.sharedBytes());
    }

    /**
     * Spectra of slices, filtered with one response, two slices packed as real and imaginary part.
     *
     * @param slices how many sinograms there are, 1 to 4
     */
    void transformPairs(
            CudaStream stream, DeviceMemory sinograms, DeviceMemory response, DeviceMemory spectra, int slices) {
        transform(stream, sinograms, 0, response, spectra, 0, slices, 1);
    }

    /**
     * Spectra of up to four slices of a try, each for itself, two side by side.
     *
     * @param spectra takes those of slices 0 and 1, then those of slices 2 and 3
     */
    void transformApart(
            CudaStream stream, DeviceMemory sinograms, DeviceMemory response, DeviceMemory spectra, int slices) {
        for (int slice = 0; slice < slices; slice += 2) {
            long offset = (long) Float.BYTES * slice * sizes.projections() * sizes.width();
            long place = slice / 2 * sizes.spectra();
            transform(stream, sinograms, offset, response, spectra, place, Math.min(2, slices - slice), 0);
        }
    }

    private void transform(
            CudaStream stream,
            DeviceMemory sinograms,
            long offset,
            DeviceMemory response,
            DeviceMemory spectra,
            long place,
            int slices,
            int packed) {
        transform.launch(
                stream,
                blocks.grid(sizes.projections()),
                blocks.block(),
                blocks.sharedBytes(),
                new KernelArguments()
                        .add(sinograms, offset)
                        .add(response)
                        .add(weights)
                        .add(roots)
                        .add(spectra, place)
                        .add(sizes.projections())
                        .add(sizes.width())
                        .add(sizes.length())
                        .add(slices)
                        .add(packed)
                        .moving(sizes.sinograms() / ReconstructionSizes.QUAD * slices + sizes.spectra()));
    }

    /**
     * Spectra of images of a try.
     *
     * @param slices for each image, which of the slices that {@link #transformApart} was given it shows
     * @param responses of the images, one after the other from {@code offset} on
     */
    void shift(
            CudaStream stream,
            DeviceMemory sliceSpectra,
            int[] slices,
            DeviceMemory responses,
            long offset,
            DeviceMemory spectra) {
        KernelArguments arguments = new KernelArguments().add(sliceSpectra);
        for (int image = 0; image < ReconstructionSizes.QUAD; image++) {
            int slice = image < slices.length ? slices[image] : 0;
            arguments.add(slice / 2 * sizes.spectra() / (2 * Float.BYTES) + slice % 2);
        }
        shift.launch(
                stream,
                Dimensions.of(sizes.projections(), Dimensions.blocks(sizes.length(), THREADS)),
                Dimensions.of(THREADS),
                0,
                arguments
                        .add(responses, offset)
                        .add(spectra)
                        .add(sizes.length())
                        .add(slices.length)
                        .moving((IntStream.of(slices)
                                                .map(slice -> slice / 2)
                                                .distinct()
                                                .count()
                                        + 1)
                                * sizes.spectra()));
    }

    /** Filtered projections from their spectra. */
    void restore(CudaStream stream, DeviceMemory spectra, DeviceMemory filtered) {
        restore.launch(
                stream,
                blocks.grid(sizes.projections()),
                blocks.block(),
                blocks.sharedBytes(),
                new KernelArguments()
                        .add(spectra)
                        .add(roots)
                        .add(filtered)
                        .add(sizes.projections())
                        .add(sizes.length())
                        .add(sizes.filteredColumns())
                        .add(sizes.lowestColumn())
                        .moving(sizes.spectra() + sizes.filtered()));
    }
}
