package io.kiln.volume.preview;

import java.util.Arrays;

/** A picture of values, to be shown in grey. */
public final class GreyPicture {
    private static final double DARKEST = 0.005;
    private static final double BRIGHTEST = 0.995;

    private final int width;
    private final int height;
    private final float[] values;

    /** @param values width × height values, row by row; NaN is shown black */
    public GreyPicture(int width, int height, float[] values) {
        if (values.length != width * height) {
            throw new IllegalArgumentException(values.length + " values are no " + width + " × " + height + " picture");
        }
        this.width = width;
        this.height = height;
        this.values = values;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** A PNG image in which black and white are the 0.5th and 99.5th percentile of the finite values. */
    public byte[] png() {
        float[] finite = finite();
        Arrays.sort(finite);
        return finite.length == 0 ? encode(0, 1) : encode(percentile(finite, DARKEST), percentile(finite, BRIGHTEST));
    }

    /**
     * A PNG image.
     *
     * @param black value, and all below it, that is shown black
     * @param white value, and all above it, that is shown white
     * @throws IllegalArgumentException when {@code white} is not above {@code black}
     */
    public byte[] png(double black, double white) {
        if (!(black < white)) {
            throw new IllegalArgumentException(
                    "a window from " + black + " to " + white + " shows nothing: its end must be above its beginning");
        }
        return encode(black, white);
    }

    private float[] finite() {
        float[] finite = new float[values.length];
        int count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                finite[count++] = value;
            }
        }
        return Arrays.copyOf(finite, count);
    }

    private static float percentile(float[] sorted, double part) {
        return sorted[(int) Math.round(part * (sorted.length - 1))];
    }

    private byte[] encode(double black, double white) {
        byte[] pixels = new byte[values.length];
        double factor = 255 / (white - black);
        for (int i = 0; i < pixels.length; i++) {
            double grey = (values[i] - black) * factor;
            // NaN fails the comparison
            pixels[i] = grey > 0 ? (byte) (int) (Math.min(grey, 255) + 0.5) : 0;
        }
        return GreyPng.encode(width, height, pixels);
    }
}
