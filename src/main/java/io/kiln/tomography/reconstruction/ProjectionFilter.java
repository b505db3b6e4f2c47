package io.kiln.tomography.reconstruction;

import io.kiln.numeric.FourierTransform;
import java.util.Arrays;

/**
 * Turns projections of two slices into filtered spectra, with the axis of rotation moved to the origin.
 *
 * <p>The ramp is the transform of its sampled impulse response 1/4, −1/(πj)² for odd j, 0 for even j (Kak and Slaney, Principles of Computerized
 * Tomographic Imaging, 1988, 3.3.3), which has no bias at frequency 0 as the sampled |frequency| has.
 */
public final class ProjectionFilter {
    private final int width;
    private final int length;
    private final FourierTransform transform;
    private final double[] response;

    /** @param width columns of a projection */
    public ProjectionFilter(int width, Filtering filtering) {
        this.width = width;
        length = length(width, filtering);
        transform = FourierTransform.of(length);
        response = ramp();
        for (int k = 0; k < response.length; k++) {
            response[k] *= filtering.filter().window((double) k / length)
                    * filtering.amplitude().factor()
                    / length;
        }
    }

    /** Values that a projection of so many columns has when it is padded: a power of two. */
    public static int length(int width, Filtering filtering) {
        return FourierTransform.lengthFor(Math.addExact(width, 2 * filtering.padding()));
    }

    /** Values of a padded projection and of its spectrum, a power of two. */
    public int length() {
        return length;
    }

    FourierTransform transform() {
        return transform;
    }

    private double[] ramp() {
        double[] real = new double[length];
        double[] imaginary = new double[length];
        real[0] = 0.25;
        for (int j = 1; j < length / 2; j += 2) {
            real[j] = -1 / (StrictMath.PI * StrictMath.PI * j * j);
            real[length - j] = real[j];
        }
        transform(real, imaginary);
        return Arrays.copyOf(real, length / 2);
    }

    /**
     * The discrete Fourier transform in place, in double precision, which {@link FourierTransform} does not have: the response at the lowest frequencies is
     * the small difference of large numbers. Radix 2, decimation in time (Cooley and Tukey, Mathematics of Computation 19, 1965).
     */
    private static void transform(double[] real, double[] imaginary) {
        int length = real.length;
        reverseBits(real);
        double[] cosine = new double[length / 2];
        double[] sine = new double[length / 2];
        for (int i = 0; i < length / 2; i++) {
            cosine[i] = StrictMath.cos(2 * StrictMath.PI * i / length);
            sine[i] = StrictMath.sin(2 * StrictMath.PI * i / length);
        }
        for (int half = 1; half < length; half *= 2) {
            int stride = length / (2 * half);
            for (int begin = 0; begin < length; begin += 2 * half) {
                for (int i = 0; i < half; i++) {
                    int even = begin + i;
                    int odd = even + half;
                    double c = cosine[i * stride];
                    double s = sine[i * stride];
                    double turnedReal = c * real[odd] + s * imaginary[odd];
                    double turnedImaginary = c * imaginary[odd] - s * real[odd];
                    real[odd] = real[even] - turnedReal;
                    imaginary[odd] = imaginary[even] - turnedImaginary;
                    real[even] += turnedReal;
                    imaginary[even] += turnedImaginary;
                }
            }
        }
    }

    private static void reverseBits(double[] values) {
        int unused = Integer.numberOfLeadingZeros(values.length) + 1;
        for (int i = 0; i < values.length; i++) {
            int other = Integer.reverse(i) >>> unused;
            if (i < other) {
                double kept = values[i];
                values[i] = values[other];
                values[other] = kept;
            }
        }
    }

    /**
     * The filter's response times the phase that moves this column to the origin, for frequencies 0 … length/2 − 1. The highest frequency, which is its own
     * negative, is left out.
     */
    public void factors(double center, float[] real, float[] imaginary) {
        for (int k = 0; k < response.length; k++) {
            double phase = 2 * StrictMath.PI * ((k * center / length) % 1);
            real[k] = (float) (response[k] * StrictMath.cos(phase));
            imaginary[k] = (float) (response[k] * StrictMath.sin(phase));
        }
    }

    /** Puts a projection at the start of {@code line} and continues its edge values round the circle, half of the rest each. */
    void pad(float[] values, int from, float[] line) {
        System.arraycopy(values, from, line, 0, width);
        int middle = width + (length - width) / 2;
        Arrays.fill(line, width, middle, values[from + width - 1]);
        Arrays.fill(line, middle, length, values[from]);
    }
}
