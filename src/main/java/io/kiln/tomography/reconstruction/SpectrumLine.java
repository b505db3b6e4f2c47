package io.kiln.tomography.reconstruction;

import io.kiln.numeric.FourierTransform;
import java.util.Arrays;

/**
 * The filtered spectra of pairs of projections, one slice's as the real and the other's as the imaginary part of one line. Prepared once for the two centres
 * of a pair, then read by any number of threads.
 */
final class SpectrumLine {
    private final ProjectionFilter filter;
    private final float[] firstReal;
    private final float[] firstImaginary;
    private final float[] secondReal;
    private final float[] secondImaginary;
    private Sinogram first;
    private Sinogram second;

    SpectrumLine(ProjectionFilter filter) {
        this.filter = filter;
        int half = filter.length() / 2;
        firstReal = new float[half];
        firstImaginary = new float[half];
        secondReal = new float[half];
        secondImaginary = new float[half];
    }

    static long bytes(ProjectionFilter filter) {
        return 4L * Float.BYTES * (filter.length() / 2);
    }

    /** Takes up a pair; {@code second} may be null. */
    void prepare(Sinogram first, Sinogram second) {
        this.first = first;
        this.second = second;
        filter.factors(first.center(), firstReal, firstImaginary);
        if (hasTwoCenters()) {
            filter.factors(second.center(), secondReal, secondImaginary);
        }
    }

    /** Lets go of the pair's sinograms. */
    void release() {
        first = null;
        second = null;
    }

    private boolean hasTwoCenters() {
        return second != null && second.center() != first.center();
    }

    /**
     * Computes one line: frequency k at k, frequency −k at length − k.
     *
     * @param from index of the projection's first value after the sinograms' offsets
     * @param weight that the projection is multiplied with
     * @param scratch two lines' real and imaginary parts, overwritten
     * @param real takes the line from {@code offset}; so does {@code imaginary}
     */
    void compute(int from, float weight, Scratch scratch, float[] real, float[] imaginary, int offset) {
        filter.pad(first.values(), first.offset() + from, scratch.real);
        if (second == null) {
            Arrays.fill(scratch.imaginary, 0);
        } else {
            filter.pad(second.values(), second.offset() + from, scratch.imaginary);
        }
        FourierTransform transform = filter.transform();
        transform.forward(scratch.real, scratch.imaginary, 0, real, imaginary, offset);
        if (hasTwoCenters()) {
            filterApart(weight, real, imaginary, offset);
        } else {
            filterTogether(weight, real, imaginary, offset);
        }
    }

    /** The buffers that one thread computes lines with. */
    static final class Scratch {
        final float[] real;
        final float[] imaginary;

        Scratch(int length) {
            real = new float[length];
            imaginary = new float[length];
        }

        static long bytes(int length) {
            return 2L * Float.BYTES * length;
        }
    }

    private void filterTogether(float weight, float[] real, float[] imaginary, int offset) {
        int length = filter.length();
        real[offset] *= firstReal[0] * weight;
        imaginary[offset] *= firstReal[0] * weight;
        real[offset + length / 2] = 0;
        imaginary[offset + length / 2] = 0;
        for (int k = 1; k < length / 2; k++) {
            float fr = firstReal[k] * weight;
            float fi = firstImaginary[k] * weight;
            int up = offset + k;
            int down = offset + length - k;
            float ar = real[up];
            float ai = imaginary[up];
            float br = real[down];
            float bi = imaginary[down];
            real[up] = ar * fr - ai * fi;
            imaginary[up] = ar * fi + ai * fr;
            real[down] = br * fr + bi * fi;
            imaginary[down] = bi * fr - br * fi;
        }
    }

    /** As {@link #filterTogether}, with the two slices' spectra taken apart first, since each has a phase of its own. */
    private void filterApart(float weight, float[] real, float[] imaginary, int offset) {
        int length = filter.length();
        real[offset] *= firstReal[0] * weight;
        imaginary[offset] *= secondReal[0] * weight;
        real[offset + length / 2] = 0;
        imaginary[offset + length / 2] = 0;
        for (int k = 1; k < length / 2; k++) {
            int up = offset + k;
            int down = offset + length - k;
            float ar = 0.5f * weight * (real[up] + real[down]);
            float ai = 0.5f * weight * (imaginary[up] - imaginary[down]);
            float br = 0.5f * weight * (imaginary[up] + imaginary[down]);
            float bi = 0.5f * weight * (real[down] - real[up]);
            float cr = ar * firstReal[k] - ai * firstImaginary[k];
            float ci = ar * firstImaginary[k] + ai * firstReal[k];
            float dr = br * secondReal[k] - bi * secondImaginary[k];
            float di = br * secondImaginary[k] + bi * secondReal[k];
            real[up] = cr - di;
            imaginary[up] = ci + dr;
            real[down] = cr + di;
            imaginary[down] = dr - ci;
        }
    }
}
