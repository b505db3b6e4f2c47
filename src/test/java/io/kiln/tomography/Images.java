package io.kiln.tomography;

import io.kiln.volume.preview.PublishedVolume;
import java.io.IOException;
import java.nio.file.Path;

/** Reads images that a pipeline wrote. */
final class Images {
    private Images() {}

    /** @param volume folder of TIFF files, or HDF5 file */
    static float[] slice(Path volume, int slice) throws IOException {
        try (PublishedVolume images = PublishedVolume.open(volume)) {
            int width = images.size(slice).width();
            int height = images.size(slice).height();
            float[] values = new float[width * height];
            images.rows(slice, 0, height, values);
            return values;
        }
    }

    /** The mean within a circle around a place that is given from the axis, x to the right, y up. */
    static double mean(float[] slice, int width, double x, double y, double radius) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < slice.length; i++) {
            double dx = i % width - width / 2 - x;
            double dy = width / 2 - i / width - y;
            if (dx * dx + dy * dy <= radius * radius) {
                sum += slice[i];
                count++;
            }
        }
        return sum / count;
    }
}
