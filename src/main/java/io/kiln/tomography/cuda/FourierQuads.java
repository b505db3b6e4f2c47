package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaProgram;
import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.Dimensions;
import io.kiln.device.cuda.Kernel;
import io.kiln.device.cuda.KernelArguments;
import io.kiln.tomography.reconstruction.Grid;
import io.kiln.tomography.reconstruction.KaiserBesselKernel;
import io.kiln.tomography.reconstruction.Rays;
import io.kiln.tomography.reconstruction.ScanGeometry;

/**
 * Gridding (src/main/cuda/gridding.cu, slices.cu): bands of the slices' spectra are gathered from the rays and transformed along their lines while they are in
 * the device's cache, then the rows are transformed.
 */
final class FourierQuads implements QuadReconstructor {
    private static final int WARP = 32;
    private static final int WARPS = 8;

    /** Cells this near the origin are gathered by a kernel of their own. */
    private static final int HEART = 32;

    private final ReconstructionSizes sizes;
    private final Grid grid;
    private final LineBlocks blocks;
    private final RayTable table;
    private final int samples;
    private final DeviceMemory roots;
    private final DeviceMemory rays;
    private final DeviceMemory firstRays;
    private final DeviceMemory kernel;
    private final DeviceMemory correction;
    private final DeviceMemory band;
    private final DeviceMemory rows;
    private final Kernel gatherBand;
    private final Kernel gatherHeart;
    private final Kernel transformColumns;
    private final Kernel transformRows;

    /** @param roots as {@link LineBlocks#roots} */
    FourierQuads(GpuHoldings holdings, ReconstructionSizes sizes, ScanGeometry geometry, DeviceMemory roots) {
        this.sizes = sizes;
        this.roots = roots;
        grid = sizes.grid();
        blocks = LineBlocks.of(grid.cells());
        Rays found = new Rays(geometry, sizes.length(), grid.cells());
        samples = found.samples();
        table = RayTable.of(found);
        rays = holdings.bytes(table.rays());
        firstRays = holdings.bytes(table.first());
        KaiserBesselKernel spreading = new KaiserBesselKernel(grid.cells(), sizes.width());
        kernel = holdings.floats(spreading.half());
        correction = holdings.floats(correction(spreading, sizes.width() / 2));
        band = holdings.memory(sizes.band());
        rows = holdings.memory(sizes.rows());
        CudaProgram gridding = holdings.program("gridding");
        gatherBand = gridding.kernel("gather_band");
        gatherHeart = gridding.kernel("gather_heart");
        CudaProgram slices = holdings.program("slices");
        transformColumns = slices.kernel("transform_columns").allowingSharedBytes(blocks.sharedBytes());
        transformRows = slices.kernel("transform_rows").allowingSharedBytes(blocks.sharedBytes());
    }

    /** What rows and columns at distances −half … half from the axis are multiplied with, since spreading has divided them by it. */
    private static float[] correction(KaiserBesselKernel spreading, int half) {
        float[] correction = new float[2 * half + 1];
        for (int i = 0; i < correction.length; i++) {
            correction[i] = (float) (1 / spreading.rolloff(i - half));
        }
        return correction;
    }

    @Override
    public void reconstruct(CudaStream stream, DeviceMemory spectra, DeviceMemory images, long offset, int count) {
        int lines = sizes.bandLines();
        for (int from = 0; from <= grid.half(); from += lines) {
            transformBand(stream, spectra, from, Math.min(lines, grid.half() + 1 - from));
        }
        transformRows.launch(
                stream,
                blocks.grid(sizes.width()),
                blocks.block(),
                blocks.sharedBytes(),
                new KernelArguments()
                        .add(rows)
                        .add(roots)
                        .add(correction)
                        .add(images, offset)
                        .add(grid.cells())
                        .add(sizes.width())
                        .add(grid.lowest())
                        .add(count)
                        .moving(sizes.rows() + count * sizes.floatImage()));
    }

    private void transformBand(CudaStream stream, DeviceMemory spectra, int from, int lines) {
        Dimensions block = Dimensions.of(WARP, WARPS);
        int columns = Dimensions.blocks(grid.cells(), WARP);
        int rowsOfBlocks = Dimensions.blocks(lines, WARPS);
        gatherBand.launch(stream, Dimensions.of(columns, rowsOfBlocks), block, 0, gathering(spectra, from, lines));
        if (from <= HEART) {
            gatherHeart.launch(
                    stream,
                    Dimensions.of(2 * HEART + 1, rowsOfBlocks),
                    block,
                    0,
                    // the band's samples are counted there
                    gathering(spectra, from, lines).moving(0));
        }
        transformColumns.launch(
                stream,
                blocks.grid(2 * lines),
                blocks.block(),
                blocks.sharedBytes(),
                new KernelArguments()
                        .add(band)
                        .add(roots)
                        .add(correction)
                        .add(rows)
                        .add(grid.cells())
                        .add(sizes.width())
                        .add(grid.lowest())
                        .add(from)
                        .add(lines)
                        .moving(sizes.rows() * lines / (grid.half() + 1)));
    }

    private KernelArguments gathering(DeviceMemory spectra, int from, int lines) {
        return new KernelArguments()
                .add(spectra)
                .add(rays)
                .add(firstRays)
                .add(kernel)
                .add(band)
                .add(table.count())
                .add(table.sectors())
                .add(samples)
                .add(grid.cells())
                .add(from)
                .add(lines)
                // a band stays in the cache
                .moving(sizes.spectra() * lines / (grid.half() + 1));
    }
}
