package io.kiln.volume.tiff;

import io.kiln.volume.DamagedDataException;
import io.kiln.volume.ElementType;
import io.kiln.volume.RunReader;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * One grey image of a TIFF file whose rows stand in the file as they are: neither compressed nor in tiles.
 *
 * @param rowsPerStrip rows that follow one another
 * @param strips where each strip begins
 */
record TiffPage(int width, int height, ElementType type, ByteOrder order, int rowsPerStrip, long[] strips) {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIPS = 273;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int SAMPLE_FORMAT = 339;

    /** Empty where the image is stored in another manner, which a library has to decode. */
    static Optional<TiffPage> of(TiffDirectory directory) throws IOException {
        int width = size(directory, WIDTH);
        int height = size(directory, HEIGHT);
        Optional<ElementType> type = type(directory.number(BITS, 1), directory.number(SAMPLE_FORMAT, 1));
        long[] strips = directory.numbers().get(STRIPS);
        boolean isPlain = directory.number(COMPRESSION, 1) == 1
                && directory.number(SAMPLES, 1) == 1
                && directory.number(PHOTOMETRIC, 1) == 1;
        if (!isPlain || type.isEmpty() || strips == null) {
            return Optional.empty();
        }
        int rows = (int) Math.min(height, directory.number(ROWS_PER_STRIP, height));
        if (rows < 1 || strips.length < (height - 1) / rows + 1) {
            throw new DamagedDataException("an image of " + height + " rows has only " + strips.length + " strips");
        }
        return Optional.of(
                new TiffPage(width, height, type.get(), directory.format().order(), rows, strips));
    }

    private static int size(TiffDirectory directory, int tag) throws IOException {
        long size = directory.number(tag, 0);
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw new DamagedDataException("an image is " + size + " pixels " + (tag == WIDTH ? "wide" : "high"));
        }
        return (int) size;
    }

    private static Optional<ElementType> type(long bits, long format) {
        return Optional.ofNullable(
                switch ((int) (100 * format + bits)) {
                    case 108 -> ElementType.UINT8;
                    case 116 -> ElementType.UINT16;
                    case 132 -> ElementType.UINT32;
                    case 208 -> ElementType.INT8;
                    case 216 -> ElementType.INT16;
                    case 232 -> ElementType.INT32;
                    case 332 -> ElementType.FLOAT32;
                    case 364 -> ElementType.FLOAT64;
                    default -> null;
                });
    }

    long bytes() {
        return (long) width * height * type.bytes();
    }

    /** True where the whole image is one block of bytes. */
    boolean isOneBlock() {
        for (int i = 1; i < strips.length; i++) {
            if (strips[i] != strips[i - 1] + (long) rowsPerStrip * width * type.bytes()) {
                return false;
            }
        }
        return true;
    }

    /** The page of the same form so many bytes further on. */
    TiffPage shifted(long bytes) {
        long[] shifted = strips.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += bytes;
        }
        return new TiffPage(width, height, type, order, rowsPerStrip, shifted);
    }

    /** Adds pixels of one row to what is read. */
    void add(int row, int fromColumn, int columns, RunReader runs) throws IOException {
        long element = (long) (row % rowsPerStrip) * width + fromColumn;
        runs.add(strips[row / rowsPerStrip] + element * type.bytes(), columns * type.bytes());
    }
}
