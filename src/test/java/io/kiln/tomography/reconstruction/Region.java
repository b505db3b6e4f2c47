package io.kiln.tomography.reconstruction;

/** Moments of a slice over a disc; places in pixels from the axis, y upwards. */
record Region(double mean, double centroidX, double centroidY) {
    static Region of(float[] slice, int width, double x, double y, double radius) {
        double sum = 0;
        double sumX = 0;
        double sumY = 0;
        int count = 0;
        for (int i = 0; i < slice.length; i++) {
            double px = i % width - width / 2;
            double py = width / 2 - i / width;
            if (Math.hypot(px - x, py - y) <= radius) {
                count++;
                sum += slice[i];
                sumX += slice[i] * px;
                sumY += slice[i] * py;
            }
        }
        return new Region(sum / count, sumX / sum, sumY / sum);
    }
}
