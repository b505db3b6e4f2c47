package io.kiln.tomography.center;

import io.kiln.numeric.FourierTransform;

/**
 * How badly half a turn and its mirror image, shifted for an assumed axis, fit to a whole turn: the mean magnitude of the spectrum in the double wedge
 * (Vo et al., Optics Express 22, 2014). Immutable; each thread brings its own {@link Work}.
 */
final class VoMetric {
    private final int lines;
    private final int columns;
    private final DoubleWedge wedge;
    private final float[] half;
    private final float[] mirrored;
    private final float[] mirroredBetween;
    private final float[] halfReal;
    private final float[] halfImaginary;

    /**
     * @param half lines × columns values, equally spaced over half a turn
     * @param lines a power of two
     */
    VoMetric(float[] half, int lines, int columns, DoubleWedge wedge) {
        this.half = half;
        this.lines = lines;
        this.columns = columns;
        this.wedge = wedge;
        mirrored = new float[half.length];
        for (int i = 0; i < half.length; i++) {
            mirrored[i] = half[i / columns * columns + columns - 1 - i % columns];
        }
        mirroredBetween = new CubicSpline(columns).halfStepBefore(mirrored, lines);
        halfReal = new float[frequencies() * lines];
        halfImaginary = new float[frequencies() * lines];
        new Work().transformLines(half, halfReal, halfImaginary, lines, 0);
    }

    private int frequencies() {
        return wedge.endColumn() - wedge.firstColumn();
    }

    /** What it takes itself. */
    long bytes() {
        return (3L * half.length + 2L * frequencies() * lines) * Float.BYTES;
    }

    /** What the buffers of one thread take. */
    long workBytes() {
        return (half.length + 4L * frequencies() * lines) * Float.BYTES;
    }

    /** The buffers of one thread. */
    final class Work {
        private final LineTransform transform = new LineTransform(columns);
        private final FourierTransform turn = FourierTransform.of(2 * lines);
        private final float[] shifted = new float[half.length];
        private final float[] real = new float[frequencies() * 2 * lines];
        private final float[] imaginary = new float[real.length];
        private final float[] lineReal = new float[columns];
        private final float[] lineImaginary = new float[columns];
        private final float[] outReal = new float[Math.max(columns, 2 * lines)];
        private final float[] outImaginary = new float[outReal.length];

        /**
         * The metric for the axis at column (columns − 1)/2 + halfShift/4.
         *
         * @param halfShift twice the pixels that the mirror image is moved to the right
         */
        double at(int halfShift) {
            shift(halfShift);
            transformLines(shifted, real, imaginary, 2 * lines, lines);
            double sum = 0;
            for (int i = 0; i < frequencies(); i++) {
                System.arraycopy(halfReal, i * lines, real, i * 2 * lines, lines);
                System.arraycopy(halfImaginary, i * lines, imaginary, i * 2 * lines, lines);
                turn.forward(real, imaginary, i * 2 * lines, outReal, outImaginary, 0);
                sum += magnitudes(wedge.firstLine(wedge.firstColumn() + i));
            }
            return 2 * sum / (2.0 * lines * columns);
        }

        private double magnitudes(int firstLine) {
            double sum = 0;
            for (int line = firstLine; line <= lines; line++) {
                sum += magnitude(line);
                if (line < lines) {
                    sum += magnitude(2 * lines - line);
                }
            }
            return sum;
        }

        private double magnitude(int line) {
            double re = outReal[line];
            double im = outImaginary[line];
            return Math.sqrt(re * re + im * im);
        }

        /** Moves the mirror image; what it leaves bare is taken from the half turn in reversed order, which continues it without a step. */
        private void shift(int halfShift) {
            float[] source = halfShift % 2 == 0 ? mirrored : mirroredBetween;
            int whole = Math.floorDiv(halfShift, 2);
            int bareTo = halfShift < 0 ? 0 : Math.min(columns, (halfShift + 1) / 2);
            int bareFrom = halfShift < 0 ? Math.max(0, columns + whole) : columns;
            for (int line = 0; line < lines; line++) {
                int at = line * columns;
                int reversed = (lines - 1 - line) * columns;
                System.arraycopy(half, reversed, shifted, at, bareTo);
                System.arraycopy(half, reversed + bareFrom, shifted, at + bareFrom, columns - bareFrom);
                if (bareFrom > bareTo) {
                    System.arraycopy(source, at + bareTo - whole, shifted, at + bareTo, bareFrom - bareTo);
                }
            }
        }

        /** Transforms all lines, two at a time, and stores frequency by frequency: at {@code frequency · pitch + start + line}. */
        private void transformLines(float[] values, float[] toReal, float[] toImaginary, int pitch, int start) {
            for (int line = 0; line < lines; line += 2) {
                System.arraycopy(values, line * columns, lineReal, 0, columns);
                System.arraycopy(values, (line + 1) * columns, lineImaginary, 0, columns);
                transform.forward(lineReal, lineImaginary, outReal, outImaginary);
                for (int i = 0; i < frequencies(); i++) {
                    int up = wedge.firstColumn() + i;
                    int down = columns - up;
                    int at = i * pitch + start + line;
                    toReal[at] = 0.5f * (outReal[up] + outReal[down]);
                    toImaginary[at] = 0.5f * (outImaginary[up] - outImaginary[down]);
                    toReal[at + 1] = 0.5f * (outImaginary[up] + outImaginary[down]);
                    toImaginary[at + 1] = 0.5f * (outReal[down] - outReal[up]);
                }
            }
        }
    }
}
