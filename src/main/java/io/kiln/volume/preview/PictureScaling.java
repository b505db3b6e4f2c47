package io.kiln.volume.preview;

import java.io.IOException;

/** Makes a slice smaller by a whole factor: a pixel is the mean of the finite values of a square, NaN where there are none. Reads few rows at a time. */
final class PictureScaling {
    private PictureScaling() {}

    static GreyPicture of(PublishedVolume volume, int slice, int maximumPixels) throws IOException {
        PictureSize size = volume.size(slice);
        int factor = (Math.max(size.width(), size.height()) - 1) / maximumPixels + 1;
        int width = (size.width() - 1) / factor + 1;
        int height = (size.height() - 1) / factor + 1;
        float[] picture = new float[width * height];
        float[] rows = new float[factor * size.width()];
        for (int y = 0; y < height; y++) {
            int from = y * factor;
            int to = Math.min(from + factor, size.height());
            volume.rows(slice, from, to, rows);
            for (int x = 0; x < width; x++) {
                picture[y * width + x] =
                        mean(rows, to - from, size.width(), x * factor, Math.min((x + 1) * factor, size.width()));
            }
        }
        return new GreyPicture(width, height, picture);
    }

    private static float mean(float[] rows, int height, int width, int from, int to) {
        double sum = 0;
        int count = 0;
        for (int y = 0; y < height; y++) {
            for (int x = from; x < to; x++) {
                float value = rows[y * width + x];
                if (Float.isFinite(value)) {
                    sum += value;
                    count++;
                }
            }
        }
        return count == 0 ? Float.NaN : (float) (sum / count);
    }
}
