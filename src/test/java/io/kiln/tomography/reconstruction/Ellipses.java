package io.kiln.tomography.reconstruction;

import java.util.List;

/** A phantom of overlapping ellipses, whose line integrals and values are known exactly. Lengths in pixels, x to the right and y upwards from the axis. */
record Ellipses(List<Ellipse> parts) {
    /**
     * @param tilt of the first half axis from x, in radians, counterclockwise
     * @param attenuation per pixel, added to what else is there
     */
    record Ellipse(double x, double y, double halfLength, double halfHeight, double tilt, double attenuation) {
        private boolean covers(double px, double py) {
            double along = (px - x) * Math.cos(tilt) + (py - y) * Math.sin(tilt);
            double across = -(px - x) * Math.sin(tilt) + (py - y) * Math.cos(tilt);
            return square(along / halfLength) + square(across / halfHeight) <= 1;
        }

        private double integral(double angle, double distance) {
            double turned = angle - tilt;
            double reach = square(halfLength * Math.cos(turned)) + square(halfHeight * Math.sin(turned));
            double offset = distance - x * Math.cos(angle) - y * Math.sin(angle);
            double rest = reach - offset * offset;
            return rest <= 0 ? 0 : 2 * attenuation * halfLength * halfHeight * Math.sqrt(rest) / reach;
        }

        private static double square(double value) {
            return value * value;
        }
    }

    private static final int SUBSAMPLES = 8;

    static Ellipses disc(double x, double y, double radius, double attenuation) {
        return new Ellipses(List.of(new Ellipse(x, y, radius, radius, 0, attenuation)));
    }

    double valueAt(double x, double y) {
        return parts.stream()
                .filter(part -> part.covers(x, y))
                .mapToDouble(Ellipse::attenuation)
                .sum();
    }

    /** The projections as a detector of whole columns measures them: the mean over each column. */
    float[] sinogram(ScanGeometry geometry, double center) {
        int width = geometry.width();
        float[] values = new float[geometry.projections() * width];
        for (int i = 0; i < values.length; i++) {
            double angle = geometry.angle(i / width);
            double sum = 0;
            for (int sub = 0; sub < SUBSAMPLES; sub++) {
                double distance = i % width - center + (sub + 0.5) / SUBSAMPLES - 0.5;
                sum += parts.stream()
                        .mapToDouble(part -> part.integral(angle, distance))
                        .sum();
            }
            values[i] = (float) (sum / SUBSAMPLES);
        }
        return values;
    }
}
