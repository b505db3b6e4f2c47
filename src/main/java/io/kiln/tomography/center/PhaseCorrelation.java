package io.kiln.tomography.center;

import io.kiln.numeric.FourierTransform;
import java.util.Optional;

/**
 * Finds the axis by how far a projection is shifted against the mirror image of the opposite one (Kuglin, Hines, The phase correlation image alignment
 * method, Proc. IEEE Int. Conf. on Cybernetics and Society, 1975): centre = (columns − 1 + shift)/2.
 *
 * <p>The cross spectrum is whitened, which makes a narrow peak of the broad one that smooth objects have, but only down to what is noise, so that
 * frequencies where there is nothing else have no say. Towards both ends rows are faded out: the ends of the detector are at the same place in both
 * projections, and whitened they would pull the axis into its middle.
 */
final class PhaseCorrelation {
    private static final int STEPS_PER_PIXEL = 20;

    /** The part of a row, at each end, over which it is faded out. */
    private static final double FADED = 0.2;

    /** How far above the noise a frequency must be to count fully. */
    private static final double NOISE_MARGIN = 3;

    /** The part of the frequencies, from the highest down, that hold hardly more than noise. */
    private static final double NOISE_BAND = 0.25;

    /** Shifts nearer to the peak than this belong to it. */
    private static final int PEAK_PIXELS = 8;

    /** Less than this part of the projections' energy is rounding. */
    private static final double LEAST_FEATURES = 1e-10;

    private final int columns;
    private final int length;
    private final float[] fading;
    private final double[] crossReal;
    private final double[] crossImaginary;

    // sums over everything that was added
    private double energy;
    private double features;
    private double noise;
    private double oppositeNoise;

    PhaseCorrelation(int columns) {
        this.columns = columns;
        length = FourierTransform.lengthFor(2 * columns);
        fading = fading(columns);
        crossReal = new double[length];
        crossImaginary = new double[length];
    }

    /** 1 in the middle, falling as a cosine to 0 at both ends. */
    private static float[] fading(int columns) {
        float[] weights = new float[columns];
        for (int x = 0; x < columns; x++) {
            double fromEnd = (Math.min(x, columns - 1 - x) + 0.5) / (FADED * columns);
            weights[x] = (float) (0.5 - 0.5 * StrictMath.cos(StrictMath.PI * Math.min(1, fromEnd)));
        }
        return weights;
    }

    /** Adds a detector row of two opposite projections, {@code columns} line integrals each from their offset. */
    void add(float[] lines, int offset, float[] opposite, int oppositeOffset) {
        float[] real = new float[length];
        float[] imaginary = new float[length];
        double mean = mean(lines, offset);
        double oppositeMean = mean(opposite, oppositeOffset);
        for (int x = 0; x < columns; x++) {
            float line = lines[offset + x];
            float mirrored = opposite[oppositeOffset + columns - 1 - x];
            real[x] = (float) (fading[x] * (line - mean));
            imaginary[x] = (float) (fading[x] * (mirrored - oppositeMean));
            energy += (double) line * line + (double) mirrored * mirrored;
            features += (double) real[x] * real[x] + (double) imaginary[x] * imaginary[x];
        }
        float[] outReal = new float[length];
        float[] outImaginary = new float[length];
        FourierTransform.of(length).forward(real, imaginary, 0, outReal, outImaginary, 0);
        double noiseFrom = (1 - NOISE_BAND) * length / 2;
        for (int k = 0; k < length; k++) {
            int negative = (length - k) % length;
            double ar = 0.5 * (outReal[k] + outReal[negative]);
            double ai = 0.5 * (outImaginary[k] - outImaginary[negative]);
            double br = 0.5 * (outImaginary[k] + outImaginary[negative]);
            double bi = 0.5 * (outReal[negative] - outReal[k]);
            crossReal[k] += ar * br + ai * bi;
            crossImaginary[k] += ai * br - ar * bi;
            if (Math.min(k, negative) >= noiseFrom) {
                noise += ar * ar + ai * ai;
                oppositeNoise += br * br + bi * bi;
            }
        }
    }

    private double mean(float[] line, int offset) {
        double sum = 0;
        for (int x = 0; x < columns; x++) {
            sum += line[offset + x];
        }
        return sum / columns;
    }

    /** The axis; empty where the projections are featureless. */
    Optional<PhasePeak> peak() {
        return features <= LEAST_FEATURES * energy ? Optional.empty() : Optional.of(new Whitened().peak());
    }

    /** The cross spectrum with equal weight for every frequency that is more than noise. */
    private final class Whitened {
        private final float[] real = new float[length];
        private final float[] imaginary = new float[length];

        Whitened() {
            double floor = NOISE_MARGIN * Math.sqrt(noise * oppositeNoise) / (NOISE_BAND * length) + Double.MIN_NORMAL;
            for (int k = 0; k < length; k++) {
                double weight = 1 / (Math.hypot(crossReal[k], crossImaginary[k]) + floor);
                real[k] = (float) (weight * crossReal[k]);
                imaginary[k] = (float) (weight * crossImaginary[k]);
            }
        }

        PhasePeak peak() {
            float[] correlation = new float[length];
            FourierTransform.of(length).inverse(real.clone(), imaginary.clone(), 0, correlation, new float[length], 0);
            int peak = highest(correlation, 0, -1);
            int rival = highest(correlation, peak, PEAK_PIXELS);
            double ratio = at(correlation, rival) / at(correlation, peak);
            return new PhasePeak((columns - 1 + between(peak)) / 2, Math.max(0, ratio));
        }

        private float at(float[] correlation, int shift) {
            return correlation[Math.floorMod(shift, length)];
        }

        /** The shift of the highest correlation among those farther from a shift than some pixels. */
        private int highest(float[] correlation, int from, int pixels) {
            int best = from < 0 ? columns - 1 : 1 - columns;
            for (int shift = 1 - columns; shift < columns; shift++) {
                if (Math.abs(shift - from) > pixels && at(correlation, shift) > at(correlation, best)) {
                    best = shift;
                }
            }
            return best;
        }

        /** The shift of the highest correlation within a pixel of the whole one. */
        private double between(int whole) {
            double best = whole;
            double most = Double.NEGATIVE_INFINITY;
            for (int step = -STEPS_PER_PIXEL; step <= STEPS_PER_PIXEL; step++) {
                double shift = whole + (double) step / STEPS_PER_PIXEL;
                double value = correlation(shift);
                if (value > most) {
                    most = value;
                    best = shift;
                }
            }
            return best;
        }

        private double correlation(double shift) {
            double sum = 0;
            for (int k = 0; k < length / 2; k++) {
                double angle = 2 * Math.PI * k * shift / length;
                sum += (k == 0 ? 1 : 2) * (real[k] * Math.cos(angle) - imaginary[k] * Math.sin(angle));
            }
            return sum;
        }
    }
}
