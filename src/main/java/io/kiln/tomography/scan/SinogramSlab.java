package io.kiln.tomography.scan;

import io.kiln.volume.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The projections of a slab of detector rows, as they are stored. One thread fills it; then any number of threads may convert different rows at once.
 */
public final class SinogramSlab {
    private final ElementType type;
    private final AxisOrder order;
    private final int projections;
    private final int columns;
    private final int capacity;
    private final ByteBuffer stored;
    private int fromRow;
    private int toRow;

    /** @param memory takes the slab, {@code rows} rows from its position on */
    SinogramSlab(ElementType type, ByteOrder bytes, AxisOrder order, ScanWindow window, int rows, ByteBuffer memory) {
        this.type = type;
        this.order = order;
        this.projections = window.projectionCount();
        this.columns = window.columnCount();
        this.capacity = rows;
        long size = (long) rows * projections * columns * type.bytes();
        if (size > memory.remaining()) {
            throw new IllegalArgumentException(
                    "a slab of " + rows + " rows takes " + size + " bytes, but the buffer has " + memory.remaining());
        }
        this.stored = memory.slice(memory.position(), (int) size).order(bytes);
    }

    ByteBuffer begin(int from, int to) {
        if (to <= from || to - from > capacity) {
            throw new IllegalArgumentException(
                    "rows [" + from + ", " + to + ") do not fit a slab of " + capacity + " rows");
        }
        fromRow = from;
        toRow = to;
        return stored.clear();
    }

    /** Detector rows that it can hold. */
    public int capacity() {
        return capacity;
    }

    /** First detector row that it holds. */
    public int fromRow() {
        return fromRow;
    }

    /** One past the last detector row that it holds. */
    public int toRow() {
        return toRow;
    }

    /**
     * Converts one detector row to float.
     *
     * @param row number of the detector row
     * @param destination takes projections × columns values, projection by projection, from {@code offset} on
     */
    public void sinogram(int row, float[] destination, int offset) {
        for (int projection = 0; projection < projections; projection++) {
            convert(projection, row, destination, offset + projection * columns);
        }
    }

    /**
     * Converts the rows of one projection to float.
     *
     * @param projection its position in the window
     * @param destination takes rows × columns values, row by row, from {@code offset} on
     */
    public void projection(int projection, float[] destination, int offset) {
        for (int row = fromRow; row < toRow; row++) {
            convert(projection, row, destination, offset + (row - fromRow) * columns);
        }
    }

    private void convert(int projection, int row, float[] destination, int offset) {
        int place = order.place(projection, row - fromRow, projections, toRow - fromRow);
        type.toFloat(stored, place * columns, columns, destination, offset);
    }
}
