package io.kiln.picture;

import java.util.Arrays;

/** Gathers the rows of a picture to pixels. */
final class PlaneMeans {
    private final int width;
    private final int samplesPerPixel;
    private final boolean isWhole;
    private final float[] values;
    private final double[] sums;
    private final int[] counts;
    private int current;

    /** @param columns that each row has */
    PlaneMeans(int width, int height, int columns, Sampling sampling) {
        this.width = width;
        this.samplesPerPixel = sampling.columnsPerPixel() / sampling.columnStep();
        this.isWhole = samplesPerPixel == 1 && sampling.rowsPerPixel() == sampling.rowStep();
        this.values = new float[Math.multiplyExact(width, height)];
        this.sums = new double[isWhole ? 0 : width];
        this.counts = new int[isWhole ? 0 : width];
        if (isWhole && columns != width) {
            throw new IllegalArgumentException(columns + " columns are no " + width + " pixels");
        }
    }

    /** Adds the next row. */
    void add(int pixelRow, float[] row) {
        if (isWhole) {
            System.arraycopy(row, 0, values, pixelRow * width, width);
            return;
        }
        if (pixelRow != current) {
            finish();
            current = pixelRow;
        }
        for (int pixel = 0; pixel < width; pixel++) {
            int to = Math.min(row.length, (pixel + 1) * samplesPerPixel);
            for (int x = pixel * samplesPerPixel; x < to; x++) {
                if (Float.isFinite(row[x])) {
                    sums[pixel] += row[x];
                    counts[pixel]++;
                }
            }
        }
    }

    private void finish() {
        for (int x = 0; x < sums.length; x++) {
            values[current * width + x] = counts[x] == 0 ? Float.NaN : (float) (sums[x] / counts[x]);
        }
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
    }

    /** All pixels; nothing can be added any more. */
    float[] values() {
        finish();
        return values;
    }
}
