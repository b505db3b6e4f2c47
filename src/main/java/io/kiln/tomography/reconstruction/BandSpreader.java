package io.kiln.tomography.reconstruction;

import java.util.Arrays;

/**
 * Spreads the samples of all rays that touch one band of the grid onto its lines. The band's buffer is one thread's own.
 *
 * <p>A line of cells holds all vertical frequencies of one horizontal frequency, from {@code MARGIN} below the lowest to {@code MARGIN} above the highest; the
 * lowest and the highest, half of the grid, are the same. What a cell holds says {@link RaySpreader}.
 */
final class BandSpreader {
    /** Lines on either side of the band that catch what samples spread outside it. */
    private static final int HALO = KaiserBesselKernel.WIDTH - 1;

    /** Cells beyond the lowest and the highest frequency, that are folded to the line's other end. */
    private static final int MARGIN = 2;

    /** So that the same cell of neighbouring lines falls into different sets of the cache. */
    private static final int STAGGER = 7;

    private static final int PARTS = RaySpreader.PARTS;

    private final Grid grid;
    private final Rays rays;
    private final float[] table;
    private final RaySpreader spreader;
    private final int stride;
    private final float[] cells;
    private int start;
    private int end;

    BandSpreader(Grid grid, Rays rays, float[] table, RaySpreader spreader) {
        this.grid = grid;
        this.rays = rays;
        this.table = table;
        this.spreader = spreader;
        stride = stride(grid);
        cells = new float[size(grid)];
    }

    private static int stride(Grid grid) {
        return PARTS * (grid.cells() + 1 + 2 * MARGIN + STAGGER);
    }

    private static int size(Grid grid) {
        return (grid.bandLines() + 3 + 2 * HALO) * stride(grid);
    }

    static long bytes(Grid grid) {
        return (long) Float.BYTES * size(grid);
    }

    /**
     * Fills the band's lines from filtered spectra.
     *
     * @param values the samples of one ray after the other, as {@link RaySpreader.Samples} says
     */
    void spread(int band, float[] values) {
        start = grid.start(band);
        end = grid.end(band);
        Arrays.fill(cells, 0, (end - start + 2 * HALO) * stride, 0);
        for (int ray = 0; ray < rays.count(); ray++) {
            // a sample whose lowest line is three below the band does not touch it, one whose lowest line is the band's
            // last does
            int from = rays.firstFrom(ray, ((long) (start - 2) << Rays.FRACTION_BITS) - RaySpreader.ROUNDING);
            int to = rays.firstFrom(ray, ((long) (end + 1) << Rays.FRACTION_BITS) - RaySpreader.ROUNDING);
            spreader.spread(samples(ray, from, to), values, table, cells, stride);
        }
        if (band == 0) {
            foldAxis();
        }
        if (band == grid.bands() - 1) {
            foldHighest();
        }
    }

    private RaySpreader.Samples samples(int ray, int from, int to) {
        int begin = ray * rays.samples() * PARTS;
        return new RaySpreader.Samples(begin, rays.right(ray), rays.up(ray), from, to, place(-1, -1));
    }

    /** Where a cell's first part is, given its line and its vertical frequency. */
    private int place(int line, int up) {
        return (line - start + HALO) * stride + (up + grid.half() + MARGIN) * PARTS;
    }

    /** Line 0 was filled from both sides; lines −1 and 1 of either side belong to the other as well. */
    private void foldAxis() {
        addLeftToRight(0, 0);
        exchange(1, -1);
    }

    /** The highest frequency is its own negative. */
    private void foldHighest() {
        addLeftToRight(grid.half(), grid.half());
        exchange(grid.half() - 1, grid.half() + 1);
    }

    private void exchange(int line, int opposite) {
        addLeftToRight(line, opposite);
        addRightToLeft(line, opposite);
    }

    private void addLeftToRight(int line, int fromLine) {
        addMirrored(line, 0, fromLine, 2);
    }

    private void addRightToLeft(int line, int fromLine) {
        addMirrored(line, 2, fromLine, 0);
    }

    /** Adds two parts of a line to two other parts of another, from top to bottom. */
    private void addMirrored(int line, int part, int fromLine, int fromPart) {
        int highest = grid.half() + MARGIN;
        int target = place(line, -highest) + part;
        int source = place(fromLine, highest) + fromPart;
        for (int i = 0; i <= 2 * highest; i++) {
            cells[target] += cells[source];
            cells[target + 1] += cells[source + 1];
            target += PARTS;
            source -= PARTS;
        }
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /**
     * Takes a line's two halves out, lowest vertical frequency −cells/2 first, its margins folded in: frequencies repeat after {@code cells}. From then on its
     * {@link #values} may be overwritten.
     */
    void take(int line, float[] rightReal, float[] rightImaginary, float[] leftReal, float[] leftImaginary) {
        foldMargins(line);
        int count = grid.cells();
        int at = place(line, -grid.half());
        for (int i = 0; i < count; i++) {
            rightReal[i] = cells[at + i * PARTS];
            rightImaginary[i] = cells[at + i * PARTS + 1];
        }
        // the lowest frequency is its own mirror image
        leftReal[0] = cells[at + 2];
        leftImaginary[0] = cells[at + 3];
        for (int i = 1; i < count; i++) {
            leftReal[i] = cells[at + (count - i) * PARTS + 2];
            leftImaginary[i] = cells[at + (count - i) * PARTS + 3];
        }
    }

    private void foldMargins(int line) {
        int half = grid.half();
        addCell(line, -half, half);
        for (int beyond = 1; beyond <= MARGIN; beyond++) {
            addCell(line, -half + beyond, half + beyond);
            addCell(line, half - beyond, -half - beyond);
        }
    }

    private void addCell(int line, int up, int fromUp) {
        int target = place(line, up);
        int source = place(line, fromUp);
        for (int part = 0; part < PARTS; part++) {
            cells[target + part] += cells[source + part];
        }
    }

    /** The lines' values. */
    float[] values() {
        return cells;
    }

    /** Values from a line to the next. */
    int stride() {
        return stride;
    }

    /** Where a line's values begin: 4·cells of them and more. */
    int begin(int line) {
        return place(line, -grid.half() - MARGIN);
    }
}
