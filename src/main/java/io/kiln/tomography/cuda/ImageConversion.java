package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.Dimensions;
import io.kiln.device.cuda.Kernel;
import io.kiln.device.cuda.KernelArguments;
import io.kiln.volume.Samples;

/** Puts a quad's images where they are fetched from, as pixels of the type that is written (src/main/cuda/samples.cu). */
final class ImageConversion {
    private static final int THREADS = 256;

    private final QuadReconstructor reconstructor;
    private final ReconstructionSizes sizes;
    private final Samples samples;
    // null for floats, which are made in their place
    private final DeviceMemory images;
    private final Kernel convert;

    ImageConversion(GpuHoldings holdings, ReconstructionSizes sizes, Samples samples, QuadReconstructor reconstructor) {
        this.reconstructor = reconstructor;
        this.sizes = sizes;
        this.samples = samples;
        switch (samples.type()) {
            case FLOAT32 -> {
                images = null;
                convert = null;
            }
            case UINT16 -> {
                images = holdings.memory(sizes.images());
                convert = holdings.program("samples").kernel("samples_uint16");
            }
            case UINT8 -> {
                images = holdings.memory(sizes.images());
                convert = holdings.program("samples").kernel("samples_uint8");
            }
            default -> throw new IllegalArgumentException("pixels of type " + samples.type());
        }
    }

    /**
     * Reconstructs a quad.
     *
     * @param output takes {@code count} images, after {@code made} ones
     */
    void reconstruct(CudaStream stream, DeviceMemory spectra, DeviceMemory output, int made, int count) {
        long offset = made * sizes.output();
        if (convert == null) {
            reconstructor.reconstruct(stream, spectra, output, offset, count);
        } else {
            reconstructor.reconstruct(stream, spectra, images, 0, count);
            long pixels = (long) count * sizes.width() * sizes.width();
            convert.launch(
                    stream,
                    Dimensions.of(Dimensions.blocks(pixels, THREADS)),
                    Dimensions.of(THREADS),
                    0,
                    new KernelArguments()
                            .add(images)
                            .add(output, offset)
                            .add(pixels)
                            .add(samples.low())
                            .add(samples.factor())
                            .moving(count * (sizes.floatImage() + sizes.output())));
        }
    }
}
