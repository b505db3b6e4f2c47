package io.kiln.tomography.center;

import java.util.Arrays;

/** Smoothing by a sampled Gaussian that is cut off at four standard deviations; borders are mirrored with the border value repeated. */
final class Gaussian {
    private final float[] weights;
    private final int radius;

    /** @param sigma standard deviation in samples */
    Gaussian(double sigma) {
        radius = (int) (4 * sigma + 0.5);
        double[] bell = new double[2 * radius + 1];
        Arrays.setAll(bell, i -> StrictMath.exp(-0.5 * (i - radius) * (i - radius) / (sigma * sigma)));
        double sum = Arrays.stream(bell).sum();
        weights = new float[bell.length];
        for (int i = 0; i < bell.length; i++) {
            weights[i] = (float) (bell[i] / sum);
        }
    }

    float[] alongLines(float[] values, int lines, int columns) {
        float[] smooth = new float[values.length];
        float[] padded = new float[columns + 2 * radius];
        for (int line = 0; line < lines; line++) {
            for (int x = 0; x < padded.length; x++) {
                padded[x] = values[line * columns + mirrored(x - radius, columns)];
            }
            for (int k = 0; k < weights.length; k++) {
                for (int x = 0; x < columns; x++) {
                    smooth[line * columns + x] += weights[k] * padded[x + k];
                }
            }
        }
        return smooth;
    }

    float[] acrossLines(float[] values, int lines, int columns) {
        float[] smooth = new float[values.length];
        for (int line = 0; line < lines; line++) {
            for (int k = 0; k < weights.length; k++) {
                int from = mirrored(line + k - radius, lines) * columns;
                for (int x = 0; x < columns; x++) {
                    smooth[line * columns + x] += weights[k] * values[from + x];
                }
            }
        }
        return smooth;
    }

    private static int mirrored(int index, int count) {
        int folded = Math.floorMod(index, 2 * count);
        return folded < count ? folded : 2 * count - 1 - folded;
    }
}
