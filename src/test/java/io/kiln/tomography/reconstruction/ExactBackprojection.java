package io.kiln.tomography.reconstruction;

/**
 * Filtered backprojection of phantoms in double precision, by definition: for each pixel, the projections' band-limited interpolation at the pixel's place. No
 * Fourier transform, no gridding, no table; slow.
 */
final class ExactBackprojection {
    private ExactBackprojection() {}

    /**
     * The slice, as {@link Reconstructor} gives it.
     *
     * @param length to which projections are continued at their edges
     */
    static double[] slice(ScanGeometry geometry, Sinogram sinogram, FbpFilter filter, int length) {
        int width = geometry.width();
        double[] slice = new double[width * width];
        double[] weights = AngleWeights.of(geometry.angles());
        for (int projection = 0; projection < geometry.projections(); projection++) {
            double[][] spectrum = spectrum(sinogram.values(), projection * width, width, length, filter);
            double cosine = Math.cos(geometry.angle(projection));
            double sine = Math.sin(geometry.angle(projection));
            for (int i = 0; i < slice.length; i++) {
                double x = i % width - width / 2;
                double y = width / 2 - i / width;
                if (x * x + y * y < width * width / 4.0) {
                    slice[i] += weights[projection] * at(spectrum, x * cosine + y * sine + sinogram.center(), length);
                }
            }
        }
        return slice;
    }

    /** Real and imaginary parts of the filtered spectrum, frequencies 0 … length/2 − 1. */
    private static double[][] spectrum(float[] values, int from, int width, int length, FbpFilter filter) {
        double[][] spectrum = new double[2][length / 2];
        int middle = width + (length - width) / 2;
        for (int k = 0; k < length / 2; k++) {
            double response = 0.25;
            for (int j = 1; j < length / 2; j += 2) {
                response -= 2 * Math.cos(2 * Math.PI * j * k / length) / (Math.PI * Math.PI * j * j);
            }
            response *= filter.window((double) k / length) / length;
            for (int j = 0; j < length; j++) {
                double value = j < width ? values[from + j] : values[j < middle ? from + width - 1 : from];
                spectrum[0][k] += response * value * Math.cos(2 * Math.PI * j * k / length);
                spectrum[1][k] -= response * value * Math.sin(2 * Math.PI * j * k / length);
            }
        }
        return spectrum;
    }

    private static double at(double[][] spectrum, double column, int length) {
        double sum = spectrum[0][0];
        for (int k = 1; k < length / 2; k++) {
            double angle = 2 * Math.PI * k * column / length;
            sum += 2 * (spectrum[0][k] * Math.cos(angle) - spectrum[1][k] * Math.sin(angle));
        }
        return sum;
    }
}
