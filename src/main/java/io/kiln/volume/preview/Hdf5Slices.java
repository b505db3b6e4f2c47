package io.kiln.volume.preview;

import io.kiln.volume.ArraySource;
import io.kiln.volume.Selection;
import io.kiln.volume.hdf5.Hdf5File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The slices of an array in an HDF5 file. */
final class Hdf5Slices implements PublishedVolume {
    private final Hdf5File file;
    private final ArraySource array;

    private Hdf5Slices(Hdf5File file, ArraySource array) {
        this.file = file;
        this.array = array;
    }

    static Hdf5Slices open(Path path) throws IOException {
        Hdf5File file = Hdf5File.open(path);
        boolean done = false;
        try {
            Hdf5Slices slices = new Hdf5Slices(file, file.array("/exchange/data"));
            done = true;
            return slices;
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    @Override
    public int slices() {
        return array.shape().first();
    }

    @Override
    public PictureSize size(int slice) {
        checkSlice(slice);
        return new PictureSize(array.shape().third(), array.shape().second());
    }

    @Override
    public void rows(int slice, int fromRow, int toRow, float[] destination) throws IOException {
        checkSlice(slice);
        Selection rows = new Selection(
                new int[] {slice},
                Selection.range(fromRow, toRow),
                0,
                array.shape().third());
        int count = Math.toIntExact(rows.shape().elements());
        ByteBuffer stored = ByteBuffer.allocate(count * array.type().bytes()).order(array.order());
        array.read(rows, stored);
        array.type().toFloat(stored, 0, count, destination, 0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
