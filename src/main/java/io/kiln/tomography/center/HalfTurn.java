package io.kiln.tomography.center;

import io.kiln.pipeline.InputRejectedException;
import java.util.Comparator;
import java.util.stream.DoubleStream;
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

    /**
     * Takes them from the smallest angle on or, where that is in the middle of what was scanned, from behind the widest gap in the turn: a scan from 270° on
     * over 0° to 90°, say.
     *
     * @throws InputRejectedException when the projections cover less than half a turn
     */
    static HalfTurn of(float[] sinogram, int columns, double[] angles) {
        int[] ofSmallest = within(angles);
        if (isCovered(angles, ofSmallest)) {
            return of(sinogram, columns, angles, ofSmallest);
        }
        double[] behindGap = behindWidestGap(angles);
        int[] used = within(behindGap);
        if (!isCovered(behindGap, used)) {
            throw new InputRejectedException("the centre cannot be found automatically from " + used.length
                    + " projections over " + covered(behindGap, used) + "°: half a turn is needed; give rotationAxis");
        }
        return of(sinogram, columns, behindGap, used);
    }

    private static HalfTurn of(float[] sinogram, int columns, double[] angles, int[] used) {
        float[] values = new float[used.length * columns];
        double[] degrees = new double[used.length];
        for (int i = 0; i < used.length; i++) {
            System.arraycopy(sinogram, used[i] * columns, values, i * columns, columns);
            degrees[i] = angles[used[i]];
        }
        return new HalfTurn(values, columns, degrees);
    }

    /** Those from the smallest angle over half a turn, by angle. */
    private static int[] within(double[] angles) {
        int[] order = IntStream.range(0, angles.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> angles[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double start = angles[order[0]];
        return IntStream.of(order)
                .filter(i -> angles[i] <= start + 180 + ROUNDING_DEGREES)
                .toArray();
    }

    private static double covered(double[] angles, int[] used) {
        return angles[used[used.length - 1]] - angles[used[0]];
    }

    private static boolean isCovered(double[] angles, int[] used) {
        double covered = covered(angles, used);
        double step = covered / Math.max(1, used.length - 1);
        return used.length >= 8 && covered >= 180 - Math.max(BRIDGED_DEGREES, 2 * step);
    }

    /** The same angles less or more by whole turns: ascending from the one behind the widest gap, within a turn. */
    private static double[] behindWidestGap(double[] angles) {
        double[] turned = DoubleStream.of(angles)
                .map(angle -> angle - 360 * Math.floor(angle / 360))
                .toArray();
        double[] ascending = DoubleStream.of(turned).sorted().toArray();
        double begin = ascending[0];
        double widest = begin + 360 - ascending[ascending.length - 1];
        for (int i = 1; i < ascending.length; i++) {
            double gap = ascending[i] - ascending[i - 1];
            if (gap > widest) {
                widest = gap;
                begin = ascending[i];
            }
        }
        double first = begin;
        return DoubleStream.of(turned)
                .map(angle -> angle < first ? angle + 360 : angle)
                .toArray();
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
