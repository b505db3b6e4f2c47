package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.Dimensions;
import io.kiln.device.cuda.Kernel;
import io.kiln.device.cuda.KernelArguments;
import io.kiln.tomography.reconstruction.ScanGeometry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Filtered backprojection with linear interpolation (src/main/cuda/backprojection.cu). */
final class LineQuads implements QuadReconstructor {
    private static final int TILE = 32;
    private static final int ROWS_AT_ONCE = 8;

    /** Binary digits behind the point of cosines and sines. */
    private static final int FRACTION_BITS = 32;

    private final ReconstructionSizes sizes;
    private final ProjectionKernels projections;
    private final DeviceMemory filtered;
    private final DeviceMemory angles;
    private final Kernel backproject;

    LineQuads(GpuHoldings holdings, ReconstructionSizes sizes, ScanGeometry geometry, ProjectionKernels projections) {
        this.sizes = sizes;
        this.projections = projections;
        filtered = holdings.memory(sizes.filtered());
        angles = holdings.bytes(angles(geometry));
        backproject = holdings.program("backprojection").kernel("backproject");
    }

    private static ByteBuffer angles(ScanGeometry geometry) {
        double[] radians = geometry.angles();
        ByteBuffer angles = ByteBuffer.allocate(2 * Long.BYTES * radians.length).order(ByteOrder.nativeOrder());
        for (double angle : radians) {
            angles.putLong(fixed(StrictMath.cos(angle))).putLong(fixed(StrictMath.sin(angle)));
        }
        return angles.flip();
    }

    private static long fixed(double value) {
        return StrictMath.round(value * (1L << FRACTION_BITS));
    }

    @Override
    public void reconstruct(CudaStream stream, DeviceMemory spectra, DeviceMemory images, long offset, int count) {
        projections.restore(stream, spectra, filtered);
        int tiles = Dimensions.blocks(sizes.width(), TILE);
        backproject.launch(
                stream,
                Dimensions.of(tiles, tiles),
                Dimensions.of(TILE, ROWS_AT_ONCE),
                0,
                new KernelArguments()
                        .add(filtered)
                        .add(angles)
                        .add(images, offset)
                        .add(sizes.projections())
                        .add(sizes.filteredColumns())
                        .add(sizes.lowestColumn())
                        .add(sizes.width())
                        .add(count)
                        .moving(sizes.filtered() + count * sizes.floatImage()));
    }
}
