package io.kiln.tomography.preprocessing;

import java.util.Arrays;

/**
 * Replaces values that exceed the median of their neighbourhood by more than a threshold (bright spots of stray X-rays) with that median. The
 * neighbourhood is a square of lines and columns, mirrored at the borders with the border value repeated; of an even number of values the upper middle
 * one is the median. Dark spots stay.
 */
final class ZingerRemoval {
    private final int width;
    private final float threshold;
    private final int needed;

    /**
     * @param width of the square, at least 1
     * @param threshold in the unit of the values
     */
    ZingerRemoval(int width, double threshold) {
        this.width = width;
        this.threshold = (float) threshold;
        this.needed = width * width / 2 + 1;
    }

    /** Cleans lines × columns values in place; returns how many were replaced. */
    int clean(float[] values, int lines, int columns) {
        // a line is put in place when no other one looks at what was there before
        int reach = Math.min(width / 2, lines);
        float[][] cleaned = new float[reach + 1][columns];
        int[] lower = new int[columns];
        int replaced = 0;
        for (int line = 0; line < lines; line++) {
            float[] here = cleaned[line % cleaned.length];
            System.arraycopy(values, line * columns, here, 0, columns);
            countLower(values, line, lines, columns, lower);
            for (int column = 0; column < columns; column++) {
                if (lower[column] >= needed) {
                    here[column] = median(values, line, column, lines, columns);
                    replaced++;
                }
            }
            if (line >= reach) {
                putInPlace(cleaned, line - reach, values, columns);
            }
        }
        for (int line = lines - reach; line < lines; line++) {
            putInPlace(cleaned, line, values, columns);
        }
        return replaced;
    }

    private static void putInPlace(float[][] cleaned, int line, float[] values, int columns) {
        System.arraycopy(cleaned[line % cleaned.length], 0, values, line * columns, columns);
    }

    /** Counts neighbours that are lower by more than the threshold: where more than half are, so is the median, and nothing was sorted. */
    private void countLower(float[] values, int line, int lines, int columns, int[] lower) {
        Arrays.fill(lower, 0);
        int here = line * columns;
        for (int dy = -(width / 2); dy < width - width / 2; dy++) {
            int there = mirrored(line + dy, lines) * columns;
            for (int dx = -(width / 2); dx < width - width / 2; dx++) {
                int from = Math.min(columns, Math.max(0, -dx));
                int to = Math.max(from, Math.min(columns, columns - dx));
                for (int x = 0; x < from; x++) {
                    lower[x] += isLower(values[there + mirrored(x + dx, columns)], values[here + x]);
                }
                for (int x = from; x < to; x++) {
                    lower[x] += isLower(values[there + x + dx], values[here + x]);
                }
                for (int x = to; x < columns; x++) {
                    lower[x] += isLower(values[there + mirrored(x + dx, columns)], values[here + x]);
                }
            }
        }
    }

    private int isLower(float neighbour, float value) {
        return neighbour < value - threshold ? 1 : 0;
    }

    private float median(float[] values, int line, int column, int lines, int columns) {
        float[] window = new float[width * width];
        int filled = 0;
        for (int dy = -(width / 2); dy < width - width / 2; dy++) {
            for (int dx = -(width / 2); dx < width - width / 2; dx++) {
                window[filled++] = values[mirrored(line + dy, lines) * columns + mirrored(column + dx, columns)];
            }
        }
        Arrays.sort(window);
        return window[window.length / 2];
    }

    private static int mirrored(int index, int count) {
        int period = 2 * count;
        int folded = Math.floorMod(index, period);
        return folded < count ? folded : period - 1 - folded;
    }
}
