package io.kiln.tomography.center;

import io.kiln.pipeline.InputRejectedException;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The projections of one sinogram that lie within half a turn, by ascending angle.
 *
 * @param values projections × columns
 * @param degrees angle of each projection, ascending, from the first one's to at most 180° more
 */
record HalfTurn(float[] values, int columns, double[] degrees) {
    /** A gap at the end that is no larger than this, or than two steps, is bridged. */
    private static final double BRIDGED_DEGREES = 2;

    private static final double ROUNDING_DEGREES = 1e-6;

    /** @throws InputRejectedException when the projections cover less than half a turn */
    static HalfTurn of(float[] sinogram, int columns, double[] angles) {
        int[] order = IntStream.range(0, angles.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> angles[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double start = angles[order[0]];
        int[] used = IntStream.of(order)
                .filter(i -> angles[i] <= start + 180 + ROUNDING_DEGREES)
                .toArray();
        double covered = angles[used[used.length - 1]] - start;
        double step = covered / Math.max(1, used.length - 1);
        if (used.length < 8 || covered < 180 - Math.max(BRIDGED_DEGREES, 2 * step)) {
            throw new InputRejectedException("the centre cannot be found automatically from " + used.length
                    + " projections over " + covered + "°: half a turn is needed; give rotationAxis");
        }
        float[] values = new float[used.length * columns];
        double[] degrees = new double[used.length];
        for (int i = 0; i < used.length; i++) {
            System.arraycopy(sinogram, used[i] * columns, values, i * columns, columns);
            degrees[i] = angles[used[i]];
        }
        return new HalfTurn(values, columns, degrees);
    }

    long bytes() {
        return (long) Float.BYTES * values.length;
    }

    int projections() {
        return degrees.length;
    }

    /** The same smoothed by a Gaussian, mirrored at the borders. */
    HalfTurn smoothed(double sigmaProjections, double sigmaColumns) {
        float[] across = new Gaussian(sigmaColumns).alongLines(values, projections(), columns);
        float[] smooth = new Gaussian(sigmaProjections).acrossLines(across, projections(), columns);
        return new HalfTurn(smooth, columns, degrees);
    }

    /** The projections at {@code count} equally spaced angles over half a turn, its end excluded, by linear interpolation. */
    float[] resampled(int count) {
        float[] lines = new float[count * columns];
        int below = 0;
        for (int i = 0; i < count; i++) {
            double angle = degrees[0] + 180.0 * i / count;
            while (below + 2 < degrees.length && degrees[below + 1] <= angle) {
                below++;
            }
            double gap = degrees[below + 1] - degrees[below];
            float share = gap > 0 ? (float) Math.min(1, (angle - degrees[below]) / gap) : 0;
            for (int x = 0; x < columns; x++) {
                float before = values[below * columns + x];
                float after = values[(below + 1) * columns + x];
                lines[i * columns + x] = before + share * (after - before);
            }
        }
        return lines;
    }
}
