package io.kiln.volume.preview;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

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
    public byte[] png() throws IOException {
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
    public byte[] png(double black, double white) throws IOException {
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

    private byte[] encode(double black, double white) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double grey = (values[y * width + x] - black) / (white - black) * 255;
                // NaN fails the comparison
                row[x] = grey > 0 ? (int) (Math.min(grey, 255) + 0.5) : 0;
            }
            image.getRaster().setPixels(0, y, width, 1, row);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this Java runtime writes no PNG images");
            }
        }
        return png.toByteArray();
    }
}
