package io.kiln.tomography.scan;

import io.kiln.volume.ArraySource;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Images of the detector: the projections, the flat fields or the dark fields of a scan.
 *
 * @param file that holds them
 * @param name of the dataset
 */
public record ImageStack(Path file, String name, ArraySource array, AxisOrder order) {
    public int images() {
        return order.images(array.shape());
    }

    public int rows() {
        return order.rows(array.shape());
    }

    public int columns() {
        return array.shape().third();
    }

    /** How many detector rows are decoded together; 1 where any row can be read by itself. */
    public int rowsDecodedTogether() {
        return order.rows(array.block());
    }

    ImageStack with(ArraySource other) {
        return new ImageStack(file, name, other, order);
    }

    void read(int[] images, int fromRow, int toRow, int fromColumn, int toColumn, ByteBuffer destination)
            throws IOException {
        array.read(order.select(images, Selection.range(fromRow, toRow), fromColumn, toColumn), destination);
    }

    @Override
    public String toString() {
        return name + " of " + file;
    }
}
