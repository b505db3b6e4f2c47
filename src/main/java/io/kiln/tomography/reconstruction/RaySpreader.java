package io.kiln.tomography.reconstruction;

/** The inner loop of gridding: spreads consecutive samples of one ray, each with its mirror image, over 4 × 4 cells. */
final class RaySpreader {
    /** Binary digits of a fixed-point place that are less than the kernel's table tells apart. */
    private static final int SHIFT = Rays.FRACTION_BITS - KaiserBesselKernel.PLACE_BITS;

    static final long ROUNDING = 1L << (SHIFT - 1);

    private RaySpreader() {}

    /**
     * The samples: number k stands at (k·right, k·up), rounded to the kernel's places; its value is at {@code line + (k & mask)} of the spectra, and that of its
     * mirror image at {@code line + (−k & mask)}; the other way round when turned.
     *
     * @param origin index of cell (−1, 0) in a band's arrays: a sample spreads from there on
     */
    record Samples(int line, int mask, boolean turned, long right, long up, int from, int to, int origin) {}

    /**
     * The cells of a band: lines of the right half, and those of the left, which are mirrored.
     *
     * @param stride from a line to the next
     */
    record Cells(float[] rightReal, float[] rightImaginary, float[] leftReal, float[] leftImaginary, int stride) {
        Cells(int size, int stride) {
            this(new float[size], new float[size], new float[size], new float[size], stride);
        }
    }

    /**
     * Adds the samples to the cells.
     *
     * @param table as {@link KaiserBesselKernel#table}
     */
    static void spread(Samples samples, float[] real, float[] imaginary, float[] table, Cells cells) {
        int sign = samples.turned() ? -1 : 1;
        int mask = samples.mask();
        int places = KaiserBesselKernel.PLACES - 1;
        for (int k = samples.from(); k < samples.to(); k++) {
            int x = (int) ((k * samples.right() + ROUNDING) >> SHIFT);
            int y = (int) ((k * samples.up() + ROUNDING) >> SHIFT);
            int line = samples.origin() + (x >> KaiserBesselKernel.PLACE_BITS) * cells.stride();
            int above = (y >> KaiserBesselKernel.PLACE_BITS) - 1;
            int one = samples.line() + (sign * k & mask);
            int other = samples.line() + (-sign * k & mask);
            int fromX = (x & places) * KaiserBesselKernel.WIDTH;
            int fromY = (y & places) * KaiserBesselKernel.WIDTH;
            // the mirror image spreads downwards
            int mirror = line - above - (KaiserBesselKernel.WIDTH - 1);
            float ar = real[one];
            float ai = imaginary[one];
            float br = real[other];
            float bi = imaginary[other];
            spread(table, fromX, fromY, line + above, mirror, ar, ai, br, bi, cells);
        }
    }

    /** The four values go to four arrays in turn, so that additions to one cell do not wait for each other. */
    private static void spread(
            float[] table, int x, int y, int at, int mirror, float ar, float ai, float br, float bi, Cells cells) {
        float w0 = table[y];
        float w1 = table[y + 1];
        float w2 = table[y + 2];
        float w3 = table[y + 3];
        for (int i = 0; i < KaiserBesselKernel.WIDTH; i++) {
            float w = table[x + i];
            add(cells.rightReal, at, w * ar, w0, w1, w2, w3);
            add(cells.rightImaginary, at, w * ai, w0, w1, w2, w3);
            add(cells.leftReal, mirror, w * br, w3, w2, w1, w0);
            add(cells.leftImaginary, mirror, w * bi, w3, w2, w1, w0);
            at += cells.stride;
            mirror += cells.stride;
        }
    }

    private static void add(float[] cells, int at, float value, float w0, float w1, float w2, float w3) {
        cells[at] += value * w0;
        cells[at + 1] += value * w1;
        cells[at + 2] += value * w2;
        cells[at + 3] += value * w3;
    }
}
