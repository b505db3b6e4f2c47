package io.kiln.picture;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArraySource;
import io.kiln.volume.ByteStore;
import io.kiln.volume.ContiguousArray;
import io.kiln.volume.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Turns counts of a detector into transmission: (counts − dark) / (flat − dark), with the means of a scan's flats and darks. Where flat is not above dark
 * the result is NaN.
 */
final class FlatField implements RowCorrection, AutoCloseable {
    private static final String DATA = "data";

    private final FileChannel flats;
    private final FileChannel darks;
    private final ArraySource flat;
    private final ArraySource dark;

    private FlatField(FileChannel flats, FileChannel darks, ArraySource scan) {
        this.flats = flats;
        this.darks = darks;
        this.flat = projections(flats, scan);
        this.dark = projections(darks, scan);
    }

    /** @throws InputRejectedException when what is looked at has no flats and darks beside it */
    static FlatField open(Picture picture, ProjectionStore store) throws IOException {
        ArraySource white = beside(picture, "data_white");
        ArraySource black = beside(picture, "data_dark");
        FileChannel flats = open(means(picture, "data_white", white, store));
        FileChannel darks = null;
        try {
            darks = open(means(picture, "data_dark", black, store));
            return new FlatField(flats, darks, picture.array());
        } finally {
            if (darks == null) {
                flats.close();
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private static String name(Picture picture, String sibling) {
        String dataset = picture.dataset().orElse("");
        return dataset.substring(0, dataset.lastIndexOf('/') + 1) + sibling;
    }

    private static ArraySource beside(Picture picture, String sibling) {
        boolean isData =
                picture.dataset().filter(name -> name.endsWith("/" + DATA)).isPresent();
        ArraySource images = isData
                ? picture.hdf5()
                        .flatMap(file -> file.images(name(picture, sibling)))
                        .orElse(null)
                : null;
        if (images == null) {
            throw new InputRejectedException(picture.source().path() + " has no " + sibling + " beside "
                    + picture.dataset().orElse("its images")
                    + ": only the raw data of a scan with flats and darks can be corrected");
        }
        if (images.shape().second() != picture.array().shape().second()
                || images.shape().third() != picture.array().shape().third()) {
            throw new InputRejectedException(
                    sibling + " has images of " + images.shape().third() + " × "
                            + images.shape().second() + " pixels, the projections "
                            + picture.array().shape().third() + " × "
                            + picture.array().shape().second());
        }
        return images;
    }

    private static Path means(Picture picture, String sibling, ArraySource images, ProjectionStore store)
            throws IOException {
        String digest = new FileDigest()
                .add(picture.source().path())
                .add(name(picture, sibling))
                .text();
        return store.computeReferences(digest, images);
    }

    private static ArraySource projections(FileChannel channel, ArraySource array) {
        return new ContiguousArray(
                ByteStore.of(channel), 0, Projection.shape(array), ElementType.FLOAT32, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void apply(PlaneRequest request, int row, int[] columns, float[] values) throws IOException {
        float[] light = mean(flat, request, row, columns);
        float[] night = mean(dark, request, row, columns);
        for (int i = 0; i < values.length; i++) {
            float range = light[i] - night[i];
            values[i] = range > 0 ? (values[i] - night[i]) / range : Float.NaN;
        }
    }

    /** Of each image the same detector pixels: a row of it where images are looked at, or the row that the sinogram is of. */
    private static float[] mean(ArraySource means, PlaneRequest request, int row, int[] columns) throws IOException {
        int detectorRow = request.axis() == Axis.FIRST ? row : request.index();
        ByteBuffer stored = ByteBuffer.allocate(4 * columns.length).order(ByteOrder.LITTLE_ENDIAN);
        means.read(Axis.FIRST.selection(ProjectionKind.MEAN.ordinal(), new int[] {detectorRow}, columns), stored);
        float[] values = new float[columns.length];
        means.type().toFloat(stored, 0, values.length, values, 0);
        return values;
    }

    @Override
    public void close() throws IOException {
        try (flats) {
            darks.close();
        }
    }
}
