package io.kiln.volume.preview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An output that can be looked at slice by slice without being loaded: a folder of TIFF files, or an HDF5 file. Not thread-safe. */
public interface PublishedVolume extends AutoCloseable {
    /**
     * Opens an output.
     *
     * @param path a folder with at least one TIFF file, whose slices are ordered by name, numbers in names by value; or an HDF5 file with an array
     *     {@code /exchange/data}
     * @throws NoSuchFileException when there is no such thing
     * @throws io.kiln.pipeline.InputRejectedException when the HDF5 file cannot be read
     */
    static PublishedVolume open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return TiffFolder.open(path);
        }
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no output");
        }
        return Hdf5Slices.open(path);
    }

    /** Number of slices. */
    int slices();

    /**
     * Size of a slice in pixels.
     *
     * @throws IllegalArgumentException when there is no slice of this number; so do the methods below
     */
    PictureSize size(int slice) throws IOException;

    /**
     * Reads rows of a slice.
     *
     * @param toRow one past the last row
     * @param destination takes (toRow − fromRow) × width values
     */
    void rows(int slice, int fromRow, int toRow, float[] destination) throws IOException;

    /**
     * A slice as a grey picture, made smaller by a whole factor where it has more than {@code maximumPixels} along an edge.
     *
     * @param maximumPixels at least 1
     */
    default GreyPicture picture(int slice, int maximumPixels) throws IOException {
        return PictureScaling.of(this, slice, maximumPixels);
    }

    /** Checks the number of a slice. */
    default void checkSlice(int slice) {
        if (slice < 0 || slice >= slices()) {
            throw new IllegalArgumentException(
                    "slice " + slice + " is not there: the output has slices 0 to " + (slices() - 1));
        }
    }

    @Override
    void close() throws IOException;
}
