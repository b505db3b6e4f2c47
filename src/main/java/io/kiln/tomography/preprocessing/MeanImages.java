package io.kiln.tomography.preprocessing;

import io.kiln.tomography.scan.ReferenceImages;
import java.io.IOException;
import java.util.Optional;

/** Means of flat or dark fields over a region, read in blocks of rows so that memory stays bounded, without zingers if asked. */
final class MeanImages {
    private static final int VALUES_PER_BLOCK = 1 << 22;

    private final DetectorRegion region;
    private final Correction correction;

    MeanImages(DetectorRegion region, Correction correction) {
        this.region = region;
        this.correction = correction;
    }

    Optional<double[]> all(Optional<ReferenceImages> images) throws IOException {
        return images.isEmpty()
                ? Optional.empty()
                : Optional.of(of(images.get(), 0, images.get().count()));
    }

    /** The mean of the images from {@code from} to before {@code to}: rows × columns values. */
    double[] of(ReferenceImages images, int from, int to) throws IOException {
        double[] mean = new double[region.rows() * region.columns()];
        int together = correction.dezinger() > 0 ? to - from : 1;
        int height = Math.max(1, VALUES_PER_BLOCK / (region.columns() * together));
        double[] block = new double[Math.min(height, region.rows()) * region.columns()];
        for (int row = 0; row < region.rows(); row += height) {
            int rows = Math.min(height, region.rows() - row);
            if (correction.dezinger() > 0) {
                cleanMean(images, from, to, row, rows, block);
            } else {
                read(images, from, to, row, rows, block);
            }
            System.arraycopy(block, 0, mean, row * region.columns(), rows * region.columns());
        }
        return mean;
    }

    private void read(ReferenceImages images, int from, int to, int row, int rows, double[] mean) throws IOException {
        int first = region.fromRow() + row;
        images.mean(from, to, first, first + rows, region.fromColumn(), region.toColumn(), mean);
    }

    private void cleanMean(ReferenceImages images, int from, int to, int row, int rows, double[] mean)
            throws IOException {
        int count = to - from;
        int columns = region.columns();
        float[] stack = new float[rows * count * columns];
        for (int image = 0; image < count; image++) {
            read(images, from + image, from + image + 1, row, rows, mean);
            for (int i = 0; i < rows * columns; i++) {
                stack[(i / columns * count + image) * columns + i % columns] = (float) mean[i];
            }
        }
        ZingerRemoval removal = new ZingerRemoval(correction.dezinger(), correction.dezingerThreshold());
        float[] lines = new float[count * columns];
        for (int y = 0; y < rows; y++) {
            System.arraycopy(stack, y * lines.length, lines, 0, lines.length);
            removal.clean(lines, count, columns);
            for (int x = 0; x < columns; x++) {
                double sum = 0;
                for (int image = 0; image < count; image++) {
                    sum += lines[image * columns + x];
                }
                mean[y * columns + x] = sum / count;
            }
        }
    }
}
