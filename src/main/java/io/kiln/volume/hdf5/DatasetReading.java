package io.kiln.volume.hdf5;

import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.CompactDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.dataset.chunked.ChunkedDatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import io.jhdf.object.message.FillValueMessage;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.ByteStore;
import io.kiln.volume.ContiguousArray;
import io.kiln.volume.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Finds out how a dataset of one to three dimensions is stored. */
record DatasetReading(Path file, String name, DatasetBase dataset, FileChannel channel, ByteStore store) {
    private static final long NOWHERE = -1;

    ArraySource source() {
        ArrayShape shape = shape(dataset.getDimensionsAsLong());
        if (dataset instanceof ContiguousDataset contiguous) {
            return new ContiguousArray(store, begin(contiguous, shape), shape, type(), order());
        }
        if (dataset instanceof CompactDataset compact) {
            return new ContiguousArray(ByteStore.of(compact.getDataBuffer()), 0, shape, type(), order());
        }
        if (dataset instanceof ChunkedDatasetBase chunked) {
            ChunkTable chunks = ChunkTable.of(chunked, shape);
            checkWhole(chunks.end(), "chunks");
            ChunkedArray array = new ChunkedArray(
                    name + " of " + file,
                    store,
                    shape,
                    type(),
                    order(),
                    chunks,
                    Filters.of(chunked, name, file),
                    fill());
            checkSize(array.block());
            return array;
        }
        throw new InputRejectedException(name + " of " + file + " is stored as " + dataset.getDataLayout()
                + ": repack the file with h5repack -l CONTI");
    }

    /** Fewer than three dimensions are the last ones. */
    private ArrayShape shape(long[] dimensions) {
        int[] extents = {1, 1, 1};
        for (int i = 0; i < dimensions.length; i++) {
            if (dimensions[i] < 1 || dimensions[i] > Integer.MAX_VALUE) {
                throw new InputRejectedException(name + " of " + file + " has " + dimensions[i]
                        + " elements along dimension " + i + ", but must have 1 to " + Integer.MAX_VALUE);
            }
            extents[3 - dimensions.length + i] = (int) dimensions[i];
        }
        return new ArrayShape(extents[0], extents[1], extents[2]);
    }

    private long begin(ContiguousDataset contiguous, ArrayShape shape) {
        if (contiguous.getDataAddress() == NOWHERE) {
            throw new InputRejectedException(name + " of " + file
                    + " holds nothing: its size was set, but no data was ever written, or it lies in external files");
        }
        long begin = contiguous.getDataAddress() + dataset.getHdfFile().getUserBlockSize();
        checkWhole(begin + shape.elements() * type().bytes(), "data");
        return begin;
    }

    /** A block goes through up to three buffers when it is decoded, and others need memory too. */
    private void checkSize(ArrayShape block) {
        long bytes = block.elements() * type().bytes();
        long allowed = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 6);
        if (bytes > allowed) {
            throw new InputRejectedException(name + " of " + file + " is stored in chunks of " + bytes
                    + " bytes, but this server can decode chunks of at most " + allowed
                    + ": repack the file with smaller chunks (h5repack -l CHUNK=…), or give the server more memory");
        }
    }

    private void checkWhole(long end, String what) {
        try {
            if (end > channel.size()) {
                throw new InputRejectedException(file + " is cut off: the " + what + " of " + name + " end at byte "
                        + end + ", the file at " + channel.size() + "; copy it again");
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Bytes of an element that was never written. */
    private byte[] fill() {
        byte[] fill = new byte[type().bytes()];
        if (dataset.getHeader().hasMessageOfType(FillValueMessage.class)) {
            FillValueMessage message = dataset.getHeader().getMessageOfType(FillValueMessage.class);
            if (message.isFillValueDefined()) {
                message.getFillValue().get(0, fill);
            }
        }
        return fill;
    }

    private ByteOrder order() {
        return dataset.getDataType() instanceof OrderedDataType ordered
                ? ordered.getByteOrder()
                : ByteOrder.nativeOrder();
    }

    private ElementType type() {
        DataType stored = dataset.getDataType();
        if (stored instanceof FixedPoint whole) {
            switch (whole.getSize()) {
                case 1:
                    return whole.isSigned() ? ElementType.INT8 : ElementType.UINT8;
                case 2:
                    return whole.isSigned() ? ElementType.INT16 : ElementType.UINT16;
                case 4:
                    return whole.isSigned() ? ElementType.INT32 : ElementType.UINT32;
                default:
                    throw unusable(stored);
            }
        }
        if (stored instanceof FloatingPoint && stored.getSize() == 4) {
            return ElementType.FLOAT32;
        }
        if (stored instanceof FloatingPoint && stored.getSize() == 8) {
            return ElementType.FLOAT64;
        }
        throw unusable(stored);
    }

    private InputRejectedException unusable(DataType stored) {
        return new InputRejectedException(name + " of " + file + " has elements of type "
                + stored.getClass().getSimpleName() + " with " + stored.getSize()
                + " bytes; Kiln reads integers of 1, 2 and 4 bytes and floats of 4 and 8: convert the file");
    }
}
