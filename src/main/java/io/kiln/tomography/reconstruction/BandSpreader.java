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

    private static final int SHIFT = Rays.FRACTION_BITS - KaiserBesselKernel.PLACE_BITS;
    private static final long ROUNDING = 1L << (SHIFT - 1);

    private final Grid grid;
    private final Rays rays;
    private final float[] table;
    private final int stride;
    private final float[] rightReal;
    private final float[] rightImaginary;
    private final float[] leftReal;
    private final float[] leftImaginary;
    private int start;
    private int end;

    BandSpreader(Grid grid, Rays rays, float[] table) {
        this.grid = grid;
        this.rays = rays;
        this.table = table;
        stride = stride(grid);
        int size = size(grid);
        rightReal = new float[size];
        rightImaginary = new float[size];
        leftReal = new float[size];
        leftImaginary = new float[size];
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
            int from = rays.firstFrom(ray, ((long) (start - 2) << Rays.FRACTION_BITS) - ROUNDING);
            int to = rays.firstFrom(ray, ((long) (end + 1) << Rays.FRACTION_BITS) - ROUNDING);
            spread(ray, from, to, real, imaginary);
        }
        if (band == 0) {
            foldAxis();
        }
        if (band == grid.bands() - 1) {
            foldHighest();
        }
    }

    private void clear() {
        int used = (end - start + 2 * HALO) * stride;
        Arrays.fill(rightReal, 0, used, 0);
        Arrays.fill(rightImaginary, 0, used, 0);
        Arrays.fill(leftReal, 0, used, 0);
        Arrays.fill(leftImaginary, 0, used, 0);
    }

    private void spread(int ray, int from, int to, float[] real, float[] imaginary) {
        int length = 2 * rays.samples();
        int line = ray * length;
        int sign = rays.isTurned(ray) ? -1 : 1;
        long right = rays.right(ray);
        long up = rays.up(ray);
        int origin = grid.half() + MARGIN;
        for (int k = from; k < to; k++) {
            int x = (int) ((k * right + ROUNDING) >> SHIFT);
            int y = (int) ((k * up + ROUNDING) >> SHIFT);
            int first = ((x >> KaiserBesselKernel.PLACE_BITS) - 1 - start + HALO) * stride + origin;
            int above = (y >> KaiserBesselKernel.PLACE_BITS) - 1;
            int one = line + (sign * k & length - 1);
            int other = line + (-sign * k & length - 1);
            spread(
                    first + above,
                    first - above,
                    (x & KaiserBesselKernel.PLACES - 1) * KaiserBesselKernel.WIDTH,
                    (y & KaiserBesselKernel.PLACES - 1) * KaiserBesselKernel.WIDTH,
                    real[one],
                    imaginary[one],
                    real[other],
                    imaginary[other]);
        }
    }

    /** Spreads a sample upwards from cell {@code at} of the right half, and its mirror image downwards from cell {@code mirror} of the left. */
    private void spread(int at, int mirror, int x, int y, float ar, float ai, float br, float bi) {
        float w0 = table[y];
        float w1 = table[y + 1];
        float w2 = table[y + 2];
        float w3 = table[y + 3];
        for (int i = 0; i < KaiserBesselKernel.WIDTH; i++) {
            float w = table[x + i];
            spread(rightReal, at, w * ar, w0, w1, w2, w3);
            spread(rightImaginary, at, w * ai, w0, w1, w2, w3);
            spread(leftReal, mirror - 3, w * br, w3, w2, w1, w0);
            spread(leftImaginary, mirror - 3, w * bi, w3, w2, w1, w0);
            at += stride;
            mirror += stride;
        }
    }

    private static void spread(float[] cells, int at, float value, float w0, float w1, float w2, float w3) {
        cells[at] += value * w0;
        cells[at + 1] += value * w1;
        cells[at + 2] += value * w2;
        cells[at + 3] += value * w3;
    }

    /** Line 0 was filled from both sides; lines −1 and 1 of either side belong to the other as well. */
    private void foldAxis() {
        addLine(rightReal, 0, leftReal, 0);
        addLine(rightImaginary, 0, leftImaginary, 0);
        exchange(1, -1);
    }

    /** The highest frequency is its own negative. */
    private void foldHighest() {
        int half = grid.half();
        addLine(rightReal, half, leftReal, half);
        addLine(rightImaginary, half, leftImaginary, half);
        exchange(half - 1, half + 1);
    }

    private void exchange(int line, int opposite) {
        addLine(rightReal, line, leftReal, opposite);
        addLine(rightImaginary, line, leftImaginary, opposite);
        addLine(leftReal, line, rightReal, opposite);
        addLine(leftImaginary, line, rightImaginary, opposite);
    }

    private void addLine(float[] to, int line, float[] from, int fromLine) {
        int target = (line - start + HALO) * stride;
        int source = (fromLine - start + HALO) * stride;
        for (int i = 0; i < stride; i++) {
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
        return left ? leftReal : rightReal;
    }

    float[] imaginary(boolean left) {
        return left ? leftImaginary : rightImaginary;
    }

    /** Where a line's cells begin in its arrays, lowest vertical frequency −cells/2 first. */
    int begin(int line) {
        return (line - start + HALO) * stride + MARGIN;
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
