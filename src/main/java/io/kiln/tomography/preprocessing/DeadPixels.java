package io.kiln.tomography.preprocessing;

import java.util.stream.IntStream;

/**
 * The pixels of one detector row whose flat field says nothing (dead, hot, not a number). Their line integrals are interpolated linearly between the next
 * usable pixels of the row, or copied from the only one at an end.
 */
final class DeadPixels {
    private final int[] dead;
    private final int[] left;
    private final int[] right;
    private final int columns;

    /** @param flat brightness of each pixel, 0 where there is none */
    DeadPixels(float[] flat) {
        columns = flat.length;
        dead = IntStream.range(0, columns).filter(x -> flat[x] == 0).toArray();
        left = new int[dead.length];
        right = new int[dead.length];
        for (int i = 0; i < dead.length; i++) {
            left[i] = next(flat, dead[i], -1);
            right[i] = next(flat, dead[i], 1);
        }
    }

    private static int next(float[] flat, int from, int step) {
        int x = from;
        while (x >= 0 && x < flat.length && flat[x] == 0) {
            x += step;
        }
        return x;
    }

    /** True when no pixel of the row is usable. */
    boolean isWholeRow() {
        return dead.length == columns;
    }

    /** Fills the gaps of one projection, {@code columns} values from {@code offset}. Some pixel must be usable. */
    void fill(float[] line, int offset) {
        for (int i = 0; i < dead.length; i++) {
            line[offset + dead[i]] = value(line, offset, i);
        }
    }

    private float value(float[] line, int offset, int i) {
        if (left[i] < 0) {
            return line[offset + right[i]];
        }
        float before = line[offset + left[i]];
        if (right[i] == columns) {
            return before;
        }
        float share = (float) (dead[i] - left[i]) / (right[i] - left[i]);
        return before + share * (line[offset + right[i]] - before);
    }
}
