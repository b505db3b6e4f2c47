package io.kiln.picture;

/** What is gathered of a band of rows while the images of a stack go by. */
final class StackSums {
    private final float[] shift;
    private final double[] sums;
    private final double[] squares;
    private final float[] maxima;
    private final float[] minima;
    private final int[] counts;

    StackSums(int pixels) {
        shift = new float[pixels];
        sums = new double[pixels];
        squares = new double[pixels];
        maxima = new float[pixels];
        minima = new float[pixels];
        counts = new int[pixels];
    }

    /** Adds one image's values; those that are not finite are left out. Deviations are summed from each pixel's first value, so that they keep their digits. */
    void add(float[] values) {
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            if (!Float.isFinite(value)) {
                continue;
            }
            if (counts[i]++ == 0) {
                shift[i] = value;
                maxima[i] = value;
                minima[i] = value;
            } else {
                double difference = (double) value - shift[i];
                sums[i] += difference;
                squares[i] += difference * difference;
                maxima[i] = Math.max(maxima[i], value);
                minima[i] = Math.min(minima[i], value);
            }
        }
    }

    float value(ProjectionKind kind, int pixel) {
        int count = counts[pixel];
        if (count == 0) {
            return Float.NaN;
        }
        double mean = sums[pixel] / count;
        return switch (kind) {
            case MEAN -> (float) (shift[pixel] + mean);
            case MAXIMUM -> maxima[pixel];
            case MINIMUM -> minima[pixel];
            case DEVIATION -> (float) Math.sqrt(Math.max(0, squares[pixel] / count - mean * mean));
        };
    }
}
