package io.kiln.tomography.preprocessing;

import io.kiln.tomography.scan.ReferenceImages;
import java.io.IOException;

/** Means of flat or dark fields over a region, made block of rows by block of rows so that memory stays bounded, without zingers if asked. */
final class MeanImages {
    private static final long VALUES_PER_BLOCK = 1 << 20;

    /** Of all images together, where zingers are taken out of the stack of them. */
    private static final long VALUES_PER_STACK = 1 << 22;

    private final DetectorRegion region;
    private final Correction correction;

    MeanImages(DetectorRegion region, Correction correction) {
        this.region = region;
        this.correction = correction;
    }

    /**
     * Rows of a block.
     *
     * @param images how many there are of which a mean is made
     */
    int blockRows(int images) {
        long rows = correction.dezinger() > 0
                ? VALUES_PER_STACK / ((long) region.columns() * Math.max(1, images))
                : VALUES_PER_BLOCK / region.columns();
        return (int) Math.max(1, Math.min(region.rows(), rows));
    }

    /**
     * The mean of the images from {@code from} to before {@code to}.
     *
     * @param row first row of the block, within the region
     * @param mean takes rows × columns values
     */
    void of(ReferenceImages images, int from, int to, int row, int rows, double[] mean) throws IOException {
        if (correction.dezinger() > 0) {
            cleanMean(images, from, to, row, rows, mean);
        } else {
            read(images, from, to, row, rows, mean);
        }
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
