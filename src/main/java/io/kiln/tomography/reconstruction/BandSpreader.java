package io.kiln.tomography.reconstruction;

import java.util.Arrays;

/** Spreads the samples of all rays that touch one band of the grid onto its lines. The band's buffers are one thread's own. */
final class BandSpreader {
    /** Lines on either side of the band that catch what samples spread outside it. */
    private static final int HALO = KaiserBesselKernel.WIDTH - 1;

    /** Cells before a line's first, and after its last, that are folded to its other end. */
    private static final int MARGIN = 2;

    /** So that the same cell of neighbouring lines falls into different sets of the cache. */
    private static final int STAGGER = 12;

    private final Grid grid;
    private final Rays rays;
    private final float[] table;
    private final RaySpreader.Cells cells;
    private int start;
    private int end;

    BandSpreader(Grid grid, Rays rays, float[] table) {
        this.grid = grid;
        this.rays = rays;
        this.table = table;
        cells = new RaySpreader.Cells(size(grid), stride(grid));
    }

    private static int stride(Grid grid) {
        return grid.cells() + 2 * MARGIN + STAGGER;
    }

    private static int size(Grid grid) {
        return (grid.bandLines() + 3 + 2 * HALO) * stride(grid);
    }

    static long bytes(Grid grid) {
        return 4L * Float.BYTES * size(grid);
    }

    /**
     * Fills the band's lines from filtered spectra.
     *
     * @param real real parts of the spectra, one line of {@code 2·samples} values a ray
     */
    void spread(int band, float[] real, float[] imaginary) {
        start = grid.start(band);
        end = grid.end(band);
        clear();
        for (int ray = 0; ray < rays.count(); ray++) {
            // a sample whose lowest line is three below the band does not touch it, one whose lowest line is the band's
            // last does
            int from = rays.firstFrom(ray, ((long) (start - 2) << Rays.FRACTION_BITS) - RaySpreader.ROUNDING);
            int to = rays.firstFrom(ray, ((long) (end + 1) << Rays.FRACTION_BITS) - RaySpreader.ROUNDING);
            RaySpreader.spread(samples(ray, from, to), real, imaginary, table, cells);
        }
        if (band == 0) {
            foldAxis();
        }
        if (band == grid.bands() - 1) {
            foldHighest();
        }
    }

    private void clear() {
        int used = (end - start + 2 * HALO) * cells.stride();
        Arrays.fill(cells.rightReal(), 0, used, 0);
        Arrays.fill(cells.rightImaginary(), 0, used, 0);
        Arrays.fill(cells.leftReal(), 0, used, 0);
        Arrays.fill(cells.leftImaginary(), 0, used, 0);
    }

    private RaySpreader.Samples samples(int ray, int from, int to) {
        int length = 2 * rays.samples();
        int origin = (HALO - 1 - start) * cells.stride() + grid.half() + MARGIN;
        return new RaySpreader.Samples(
                ray * length, length - 1, rays.isTurned(ray), rays.right(ray), rays.up(ray), from, to, origin);
    }

    /** Line 0 was filled from both sides; lines −1 and 1 of either side belong to the other as well. */
    private void foldAxis() {
        addLine(cells.rightReal(), 0, cells.leftReal(), 0);
        addLine(cells.rightImaginary(), 0, cells.leftImaginary(), 0);
        exchange(1, -1);
    }

    /** The highest frequency is its own negative. */
    private void foldHighest() {
        int half = grid.half();
        addLine(cells.rightReal(), half, cells.leftReal(), half);
        addLine(cells.rightImaginary(), half, cells.leftImaginary(), half);
        exchange(half - 1, half + 1);
    }

    private void exchange(int line, int opposite) {
        addLine(cells.rightReal(), line, cells.leftReal(), opposite);
        addLine(cells.rightImaginary(), line, cells.leftImaginary(), opposite);
        addLine(cells.leftReal(), line, cells.rightReal(), opposite);
        addLine(cells.leftImaginary(), line, cells.rightImaginary(), opposite);
    }

    private void addLine(float[] to, int line, float[] from, int fromLine) {
        int target = (line - start + HALO) * cells.stride();
        int source = (fromLine - start + HALO) * cells.stride();
        for (int i = 0; i < cells.stride(); i++) {
            to[target + i] += from[source + i];
        }
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    float[] real(boolean left) {
        return left ? cells.leftReal() : cells.rightReal();
    }

    float[] imaginary(boolean left) {
        return left ? cells.leftImaginary() : cells.rightImaginary();
    }

    /** Where a line's cells begin in its arrays, lowest vertical frequency −cells/2 first. */
    int begin(int line) {
        return (line - start + HALO) * cells.stride() + MARGIN;
    }

    /** Folds the margins of a line into its other ends: frequencies repeat after {@code cells}. */
    void foldMargins(float[] values, int begin) {
        int after = begin + grid.cells();
        for (int i = 0; i < MARGIN; i++) {
            values[begin + i] += values[after + i];
            values[after - 1 - i] += values[begin - 1 - i];
        }
    }
}
