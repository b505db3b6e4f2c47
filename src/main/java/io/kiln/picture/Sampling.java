package io.kiln.picture;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;

/**
 * How much of a picture is read. A picture that stands on the second or third axis touches every image of the stack; where reading all of that would take
 * too long, only every so many rows or columns are read.
 *
 * @param rowStep of each {@code rowStep} rows one is read
 * @param rowsPerPixel a multiple of it
 */
record Sampling(int rowStep, int columnStep, int rowsPerPixel, int columnsPerPixel) {
    private static final long MOST_DECODED_BYTES = 1L << 30;
    private static final long MOST_SINGLE_READS = 1L << 19;

    static Sampling of(ArraySource array, Axis axis, Region region, int size) {
        int factor = (Math.max(region.width(), region.height()) - 1) / size + 1;
        ArrayShape block = array.block();
        int rowStep = 1;
        int columnStep = 1;
        if (axis != Axis.FIRST && block.elements() > 1) {
            long bytes = decodedBytes(array, axis, region);
            rowStep = (int) (bytes > MOST_DECODED_BYTES ? parts(bytes, MOST_DECODED_BYTES) * block.first() : 1);
        } else if (axis == Axis.THIRD) {
            long reads = (long) region.width() * region.height();
            int step = (int) Math.ceil(Math.sqrt((double) reads / MOST_SINGLE_READS));
            rowStep = step;
            columnStep = step;
        }
        return new Sampling(rowStep, columnStep, multiple(rowStep, factor), multiple(columnStep, factor));
    }

    /** How many parts of this size it takes. */
    static long parts(long whole, long part) {
        return (whole - 1) / part + 1;
    }

    private static int multiple(int step, int factor) {
        return ((Math.max(step, factor) - 1) / step + 1) * step;
    }

    private static long decodedBytes(ArraySource array, Axis axis, Region region) {
        ArrayShape block = array.block();
        int across = axis == Axis.SECOND ? block.third() : block.second();
        long blocks = parts(region.height(), block.first()) * parts(region.width(), across);
        return blocks * block.elements() * array.type().bytes();
    }
}
