package io.kiln.tomography.sample;

/**
 * An ellipse of even attenuation. Lengths are in pixels from the axis of rotation, x to the right, y up.
 *
 * @param attenuation per pixel; adds to that of others at the same place
 * @param halfWidth half of the axis along x, before it is turned
 * @param halfHeight half of the axis along y, before it is turned
 * @param x of the middle
 * @param y of the middle
 * @param turnedDegrees counter-clockwise
 */
public record Ellipse(
        double attenuation, double halfWidth, double halfHeight, double x, double y, double turnedDegrees) {

    /** A circular disc. */
    public static Ellipse disc(double attenuation, double radius, double x, double y) {
        return new Ellipse(attenuation, radius, radius, x, y, 0);
    }

    /** The same with all lengths multiplied. */
    public Ellipse scaled(double factor) {
        return new Ellipse(attenuation, halfWidth * factor, halfHeight * factor, x * factor, y * factor, turnedDegrees);
    }

    /**
     * Adds the line integrals of one projection.
     *
     * @param degrees angle of the projection
     * @param center column of the axis
     * @param line one value for each column
     */
    void project(double degrees, double center, double[] line) {
        double angle = StrictMath.toRadians(degrees);
        double relative = angle - StrictMath.toRadians(turnedDegrees);
        double along = halfWidth * StrictMath.cos(relative);
        double across = halfHeight * StrictMath.sin(relative);
        double reach = along * along + across * across;
        double middle = center + x * StrictMath.cos(angle) + y * StrictMath.sin(angle);
        double factor = 2 * attenuation * halfWidth * halfHeight / reach;
        int from = Math.max(0, (int) Math.ceil(middle - Math.sqrt(reach)));
        int to = Math.min(line.length - 1, (int) Math.floor(middle + Math.sqrt(reach)));
        for (int column = from; column <= to; column++) {
            double away = column - middle;
            line[column] += factor * Math.sqrt(Math.max(0, reach - away * away));
        }
    }
}
