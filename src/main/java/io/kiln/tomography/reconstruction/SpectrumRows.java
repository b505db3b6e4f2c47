package io.kiln.tomography.reconstruction;

/**
 * The spectrum after its vertical transform: the slices' rows from the lowest up. It is filled band by band and read row by row; bands lie one after the other,
 * and in each band its share of one row after the other, so that either passes through memory without jumping at each value.
 */
final class SpectrumRows {
    /** Real and imaginary parts of the left half, then of the right half. */
    private static final int PARTS = 4;

    private final Grid grid;
    private final float[] values;
    private final float[] highestReal;
    private final float[] highestImaginary;

    SpectrumRows(Grid grid) {
        this.grid = grid;
        values = new float[Math.toIntExact(size(grid))];
        highestReal = new float[grid.width()];
        highestImaginary = new float[grid.width()];
    }

    static long size(Grid grid) {
        return (long) grid.bands() * band(grid);
    }

    /** Values from a band to the next: one row more than there are, so that a row's shares fall into different sets of the cache. */
    private static int band(Grid grid) {
        return Math.multiplyExact(grid.width() + 1, PARTS * grid.bandLines());
    }

    static long bytes(Grid grid) {
        return Float.BYTES * size(grid) + 2L * Float.BYTES * grid.width();
    }

    /**
     * Puts a band's transformed lines.
     *
     * @param lines the first line's right half and its left half, each {@code width} real and as many imaginary parts, from {@code begin} on
     * @param stride values from a line to the next
     */
    void put(int band, float[] lines, int begin, int stride) {
        int width = grid.width();
        int target = band * band(grid);
        int last = begin + (grid.bandLines() - 1) * stride;
        for (int row = 0; row < width; row++) {
            target = gather(lines, last + 2 * width + row, -stride, target);
            target = gather(lines, last + 3 * width + row, -stride, target);
            target = gather(lines, begin + row, stride, target);
            target = gather(lines, begin + width + row, stride, target);
        }
    }

    private int gather(float[] from, int at, int step, int target) {
        int end = target + grid.bandLines();
        for (int i = target; i < end; i++) {
            values[i] = from[at];
            at += step;
        }
        return end;
    }

    /** Puts the line of the highest frequency, which is its own negative: {@code width} real and as many imaginary parts from {@code begin} on. */
    void putHighest(float[] line, int begin) {
        System.arraycopy(line, begin, highestReal, 0, grid.width());
        System.arraycopy(line, begin + grid.width(), highestImaginary, 0, grid.width());
    }

    /** Copies a row, horizontal frequencies from −cells/2 up. */
    void row(int row, float[] real, float[] imaginary) {
        int lines = grid.bandLines();
        int half = grid.half();
        int share = row * PARTS * lines;
        for (int band = 0; band < grid.bands(); band++) {
            int source = band * band(grid) + share;
            int left = half - (band + 1) * lines + 1;
            int right = half + band * lines;
            // frequency 0 of the left half is none: the right half's comes in its place
            System.arraycopy(values, source, real, left, lines);
            System.arraycopy(values, source + lines, imaginary, left, lines);
            System.arraycopy(values, source + 2 * lines, real, right, lines);
            System.arraycopy(values, source + 3 * lines, imaginary, right, lines);
        }
        real[0] = highestReal[row];
        imaginary[0] = highestImaginary[row];
    }
}
