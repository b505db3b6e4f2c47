package io.kiln.volume;

import java.awt.Rectangle;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * The images of one file that the Java runtime decodes (PNG, and TIFF in compressed or tiled form), one behind the other. A colour image counts as the
 * mean of its red, green and blue. Each call decodes the images that it touches. Thread-safe.
 */
public final class DecodedImages implements ArraySource {
    /** Decoding holds an image more than once in memory. */
    private static final long MOST_PIXELS = 1 << 25;

    private final Path file;
    private final ArrayShape shape;
    private final ElementType type;

    private DecodedImages(Path file, ArrayShape shape, ElementType type) {
        this.file = file;
        this.shape = shape;
        this.type = type;
    }

    /** @throws DamagedDataException when the file is no image that the Java runtime reads, or one that is too large to be decoded */
    public static DecodedImages open(Path file) throws IOException {
        try (ImageInputStream input = ImageIO.createImageInputStream(file.toFile())) {
            ImageReader reader = reader(file, input);
            try {
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > MOST_PIXELS) {
                    throw new DamagedDataException(file + " is a compressed image of " + width + " × " + height
                            + " pixels, but at most " + MOST_PIXELS
                            + " can be decoded: store it without compression (tiffcp -c none)");
                }
                int dataType = reader.getImageTypes(0).next().getSampleModel().getDataType();
                return new DecodedImages(
                        file, new ArrayShape(reader.getNumImages(true), height, width), type(file, dataType));
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException damaged) {
            throw damaged(file, damaged);
        }
    }

    private static ImageReader reader(Path file, ImageInputStream input) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
        if (!readers.hasNext()) {
            throw new DamagedDataException(file + " is no image that can be read; Kiln reads TIFF, PNG and HDF5");
        }
        ImageReader reader = readers.next();
        reader.setInput(input, false, true);
        return reader;
    }

    private static DamagedDataException damaged(Path file, RuntimeException cause) {
        return new DamagedDataException(
                file + " is no image that can be read: " + cause.getMessage() + "; check that it was copied whole",
                cause);
    }

    private static ElementType type(Path file, int dataType) throws DamagedDataException {
        return switch (dataType) {
            case DataBuffer.TYPE_BYTE -> ElementType.UINT8;
            case DataBuffer.TYPE_USHORT -> ElementType.UINT16;
            case DataBuffer.TYPE_SHORT -> ElementType.INT16;
            case DataBuffer.TYPE_INT -> ElementType.INT32;
            case DataBuffer.TYPE_FLOAT -> ElementType.FLOAT32;
            case DataBuffer.TYPE_DOUBLE -> ElementType.FLOAT64;
            default -> throw new DamagedDataException(file + " has pixels of a type that Kiln does not read");
        };
    }

    @Override
    public ArrayShape shape() {
        return shape;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public ByteOrder order() {
        return ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public ArrayShape block() {
        return new ArrayShape(1, shape.second(), shape.third());
    }

    @Override
    public void read(Selection selection, ByteBuffer destination) throws IOException {
        selection.checkWithin(shape);
        ByteBuffer target = destination.order(ByteOrder.LITTLE_ENDIAN);
        ArrayShape selected = selection.shape();
        try (ImageInputStream input = ImageIO.createImageInputStream(file.toFile())) {
            ImageReader reader = reader(file, input);
            try {
                for (int i = 0; i < selected.first(); i++) {
                    int first = selection.second(0);
                    int last = selection.second(selected.second() - 1);
                    Raster rows = rows(reader, selection.first(i), first, last + 1);
                    for (int j = 0; j < selected.second(); j++) {
                        put(rows, selection.second(j) - first, selection, target);
                    }
                }
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException damaged) {
            throw damaged(file, damaged);
        }
    }

    private Raster rows(ImageReader reader, int image, int fromRow, int toRow) throws IOException {
        if (reader.getWidth(image) != shape.third() || reader.getHeight(image) != shape.second()) {
            throw new DamagedDataException("image " + image + " of " + file + " is " + reader.getWidth(image) + " × "
                    + reader.getHeight(image) + " pixels, the first one " + shape.third() + " × " + shape.second()
                    + ": a stack has images of one size");
        }
        ImageReadParam part = reader.getDefaultReadParam();
        part.setSourceRegion(new Rectangle(0, fromRow, shape.third(), toRow - fromRow));
        return reader.read(image, part).getRaster();
    }

    private void put(Raster rows, int row, Selection selection, ByteBuffer target) {
        int count = selection.thirdTo() - selection.thirdFrom();
        int colours = rows.getNumBands() >= 3 ? 3 : 1;
        double[] sum = rows.getSamples(selection.thirdFrom(), row, count, 1, 0, (double[]) null);
        for (int colour = 1; colour < colours; colour++) {
            double[] more = rows.getSamples(selection.thirdFrom(), row, count, 1, colour, (double[]) null);
            for (int i = 0; i < count; i++) {
                sum[i] += more[i];
            }
        }
        for (int i = 0; i < count; i++) {
            type.put(colours == 1 ? sum[i] : sum[i] / colours, target);
        }
    }
}
