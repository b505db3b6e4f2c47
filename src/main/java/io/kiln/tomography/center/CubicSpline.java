package io.kiln.tomography.center;

/** Cubic spline interpolation of lines midway between samples (Unser, Splines, a perfect fit for signal and image processing, IEEE SPM 16, 1999). */
final class CubicSpline {
    private static final double POLE = StrictMath.sqrt(3) - 2;

    private final int columns;

    CubicSpline(int columns) {
        this.columns = columns;
    }

    /** For each line the value half a sample before each column; that before the first is the first. */
    float[] halfStepBefore(float[] values, int lines) {
        float[] between = new float[lines * columns];
        double[] coefficients = new double[columns];
        for (int line = 0; line < lines; line++) {
            int at = line * columns;
            coefficients(values, at, coefficients);
            between[at] = values[at];
            for (int x = 1; x < columns; x++) {
                double outer = mirrored(coefficients, x - 2) + mirrored(coefficients, x + 1);
                between[at + x] = (float) ((outer + 23 * (coefficients[x - 1] + coefficients[x])) / 48);
            }
        }
        return between;
    }

    private double mirrored(double[] coefficients, int x) {
        return coefficients[x < 0 ? -x : x < columns ? x : 2 * columns - 2 - x];
    }

    /** Weights of the basic splines, mirrored at the borders, so that their sum passes through the values. */
    private void coefficients(float[] values, int at, double[] c) {
        double sum = values[at];
        double power = POLE;
        for (int x = 1; x < columns && Math.abs(power) > 1e-12; x++) {
            sum += power * values[at + x];
            power *= POLE;
        }
        c[0] = 6 * sum;
        for (int x = 1; x < columns; x++) {
            c[x] = 6 * values[at + x] + POLE * c[x - 1];
        }
        c[columns - 1] = POLE / (POLE * POLE - 1) * (c[columns - 1] + POLE * c[columns - 2]);
        for (int x = columns - 2; x >= 0; x--) {
            c[x] = POLE * (c[x + 1] - c[x]);
        }
    }
}
