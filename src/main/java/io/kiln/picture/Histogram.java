package io.kiln.picture;

import io.kiln.pipeline.InputRejectedException;
import java.util.Arrays;

/**
 * How often values occur in a picture. All numbers are of its finite values and in the picture's unit.
 *
 * @param finite how many there are
 * @param others how many are infinite or no number
 * @param mean null where no value is finite, as is {@code standardDeviation}
 * @param low the 0.5th percentile, where a window begins that fits
 * @param high the 99.5th percentile, where it ends; above {@code low}
 * @param counts of {@code bins} equal parts from {@code minimum} to {@code maximum}
 */
public record Histogram(
        long finite,
        long others,
        double minimum,
        double maximum,
        Double mean,
        Double standardDeviation,
        double low,
        double high,
        long[] counts) {
    public static final int MOST_BINS = 4096;

    private static final double DARKEST = 0.005;
    private static final double BRIGHTEST = 0.995;
    /** Percentiles of this many values, evenly spread over the picture, are close enough to those of all. */
    private static final int SORTED = 1 << 16;

    /** @param bins 1 to {@value #MOST_BINS} */
    public static Histogram of(float[] values, int bins) {
        if (bins < 1 || bins > MOST_BINS) {
            throw new InputRejectedException("bins is " + bins + ", but must be from 1 to " + MOST_BINS);
        }
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        double sum = 0;
        long finite = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                minimum = Math.min(minimum, value);
                maximum = Math.max(maximum, value);
                sum += value;
                finite++;
            }
        }
        if (finite == 0) {
            return new Histogram(0, values.length, 0, 1, null, null, 0, 1, new long[bins]);
        }
        float[] window = window(values, (int) finite);
        double mean = sum / finite;
        return new Histogram(
                finite,
                values.length - finite,
                minimum,
                maximum,
                mean,
                deviation(values, mean, finite),
                window[0],
                window[1] > window[0] ? window[1] : Math.nextUp(window[0]) + Math.abs(window[0]) * 1e-6 + 1e-12,
                counts(values, minimum, maximum, bins));
    }

    /** The window that fits: the 0.5th and 99.5th percentile of the finite values, the same where they are. */
    private static float[] window(float[] values, int finite) {
        int step = (values.length - 1) / SORTED + 1;
        float[] some = new float[(values.length - 1) / step + 1];
        int count = 0;
        for (int i = 0; i < values.length; i += step) {
            if (Float.isFinite(values[i])) {
                some[count++] = values[i];
            }
        }
        if (count == 0) {
            return window(finiteOnly(values, finite), finite);
        }
        Arrays.sort(some, 0, count);
        return new float[] {
            some[(int) Math.round(DARKEST * (count - 1))], some[(int) Math.round(BRIGHTEST * (count - 1))]
        };
    }

    private static float[] finiteOnly(float[] values, int finite) {
        float[] only = new float[finite];
        int count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                only[count++] = value;
            }
        }
        return only;
    }

    private static double deviation(float[] values, double mean, long finite) {
        double squares = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                squares += (value - mean) * (value - mean);
            }
        }
        return Math.sqrt(squares / finite);
    }

    private static long[] counts(float[] values, double minimum, double maximum, int bins) {
        long[] counts = new long[bins];
        double factor = maximum > minimum ? bins / (maximum - minimum) : 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                counts[Math.min(bins - 1, (int) ((value - minimum) * factor))]++;
            }
        }
        return counts;
    }
}
