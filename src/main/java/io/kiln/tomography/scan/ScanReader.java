package io.kiln.tomography.scan;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.UnreadableInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** Reads slabs of detector rows of the projections in a window. Thread-safe. */
public final class ScanReader {
    private final ImageStack stack;
    private final ScanWindow window;
    private final int[] projections;

    ScanReader(ImageStack stack, ScanWindow window) {
        this.stack = stack;
        this.window = window;
        this.projections = window.projections();
        int last = projections[projections.length - 1];
        if (projections[0] < 0 || last >= stack.images()) {
            throw new InputRejectedException("projections " + projections[0] + " to " + last
                    + " are selected, but the scan has 0 to " + (stack.images() - 1));
        }
        if (window.toColumn() > stack.columns()) {
            throw new InputRejectedException("columns " + window.fromColumn() + " to " + (window.toColumn() - 1)
                    + " are selected, but the detector has 0 to " + (stack.columns() - 1));
        }
    }

    public ScanWindow window() {
        return window;
    }

    /** Bytes that one detector row of a slab takes. */
    public long bytesPerRow() {
        return (long) window.projectionCount()
                * window.columnCount()
                * stack.array().type().bytes();
    }

    /** Allocates the buffer of a slab outside the heap. */
    public SinogramSlab newSlab(int rows) {
        long size = rows * bytesPerRow();
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a slab of " + rows + " rows takes " + size + " bytes, more than a buffer can hold");
        }
        return newSlab(rows, ByteBuffer.allocateDirect((int) size));
    }

    /** A slab that keeps its rows in this buffer, from its position on, and nothing else. */
    public SinogramSlab newSlab(int rows, ByteBuffer memory) {
        return new SinogramSlab(stack.array().type(), stack.array().order(), stack.order(), window, rows, memory);
    }

    /** How a slab of so many rows keeps its counts. */
    public StoredCounts stored(int rows) {
        int projections = window.projectionCount();
        return new StoredCounts(
                stack.array().type(),
                stack.array().order(),
                (long) stack.order().place(1, 0, projections, rows) * window.columnCount(),
                (long) stack.order().place(0, 1, projections, rows) * window.columnCount());
    }

    /**
     * Reads rows into a slab of this reader.
     *
     * @throws UnreadableInputException when these rows cannot be read or are damaged
     */
    public void read(int fromRow, int toRow, SinogramSlab slab) throws IOException {
        try {
            stack.read(projections, fromRow, toRow, window.fromColumn(), window.toColumn(), slab.begin(fromRow, toRow));
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException unreadable) {
            throw new UnreadableInputException(
                    "rows " + fromRow + " to " + (toRow - 1) + " of " + stack + " cannot be read: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }
}
