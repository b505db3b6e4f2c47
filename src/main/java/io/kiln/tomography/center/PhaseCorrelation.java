package io.kiln.tomography.center;

import io.kiln.numeric.FourierTransform;
import java.util.OptionalDouble;

/**
 * Finds the axis by how far a projection is shifted against the mirror image of the opposite one (Guizar-Sicairos, Thurman, Fienup, Efficient subpixel image
 * registration algorithms, Optics Letters 33, 2008): centre = (columns − 1 + shift)/2.
 */
final class PhaseCorrelation {
    private static final int STEPS_PER_PIXEL = 20;

    private final int columns;
    private final int length;
    private final double[] crossReal;
    private final double[] crossImaginary;

    PhaseCorrelation(int columns) {
        this.columns = columns;
        length = FourierTransform.lengthFor(2 * columns);
        crossReal = new double[length];
        crossImaginary = new double[length];
    }

    /** Adds a detector row of two opposite projections, {@code columns} line integrals each from their offset. */
    void add(float[] lines, int offset, float[] opposite, int oppositeOffset) {
        float[] real = new float[length];
        float[] imaginary = new float[length];
        double mean = mean(lines, offset);
        double oppositeMean = mean(opposite, oppositeOffset);
        for (int x = 0; x < columns; x++) {
            real[x] = (float) (lines[offset + x] - mean);
            imaginary[x] = (float) (opposite[oppositeOffset + columns - 1 - x] - oppositeMean);
        }
        float[] outReal = new float[length];
        float[] outImaginary = new float[length];
        FourierTransform.of(length).forward(real, imaginary, 0, outReal, outImaginary, 0);
        for (int k = 0; k < length; k++) {
            int negative = (length - k) % length;
            double ar = 0.5 * (outReal[k] + outReal[negative]);
            double ai = 0.5 * (outImaginary[k] - outImaginary[negative]);
            double br = 0.5 * (outImaginary[k] + outImaginary[negative]);
            double bi = 0.5 * (outReal[negative] - outReal[k]);
            crossReal[k] += ar * br + ai * bi;
            crossImaginary[k] += ai * br - ar * bi;
        }
    }

    private double mean(float[] line, int offset) {
        double sum = 0;
        for (int x = 0; x < columns; x++) {
            sum += line[offset + x];
        }
        return sum / columns;
    }

    /** Column of the axis; empty where the projections are featureless. */
    OptionalDouble center() {
        int peak = wholePeak();
        double best = peak;
        double most = Double.NEGATIVE_INFINITY;
        for (int step = -STEPS_PER_PIXEL; step <= STEPS_PER_PIXEL; step++) {
            double lag = peak + (double) step / STEPS_PER_PIXEL;
            double value = correlation(lag);
            if (value > most) {
                most = value;
                best = lag;
            }
        }
        return most > 0 ? OptionalDouble.of((columns - 1 + best) / 2) : OptionalDouble.empty();
    }

    private int wholePeak() {
        float[] real = new float[length];
        float[] imaginary = new float[length];
        for (int k = 0; k < length; k++) {
            real[k] = (float) crossReal[k];
            imaginary[k] = (float) crossImaginary[k];
        }
        float[] correlation = new float[length];
        FourierTransform.of(length).inverse(real, imaginary, 0, correlation, new float[length], 0);
        int peak = 0;
        for (int lag = -columns + 1; lag < columns; lag++) {
            if (correlation[Math.floorMod(lag, length)] > correlation[Math.floorMod(peak, length)]) {
                peak = lag;
            }
        }
        return peak;
    }

    private double correlation(double lag) {
        double sum = 0;
        for (int k = 0; k < length / 2; k++) {
            double angle = 2 * Math.PI * k * lag / length;
            sum += (k == 0 ? 1 : 2) * (crossReal[k] * Math.cos(angle) - crossImaginary[k] * Math.sin(angle));
        }
        return sum;
    }
}
