package io.kiln.volume.hdf5;

import io.jhdf.filter.Lz4Filter;
import io.jhdf.filter.LzfFilter;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.kiln.volume.ByteStore;
import io.kiln.volume.DamagedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads chunks and undoes their filters. Keeps its buffers from chunk to chunk; not thread-safe. */
final class ChunkDecoder implements AutoCloseable {
    private static final int CHECKSUM_BYTES = 4;

    private final String title;
    private final ByteStore store;
    private final ChunkTable chunks;
    private final List<FilterInfo> filters;
    private final int chunkBytes;
    private final Inflater inflater = new Inflater();
    private byte[] stored = new byte[0];
    private byte[] inflated = new byte[0];
    private byte[] unshuffled = new byte[0];

    ChunkDecoder(String title, ByteStore store, ChunkTable chunks, List<FilterInfo> filters, int chunkBytes) {
        this.title = title;
        this.store = store;
        this.chunks = chunks;
        this.filters = filters;
        this.chunkBytes = chunkBytes;
    }

    /** The elements of a chunk that was written. The array is valid until the next call. */
    byte[] decode(int number) throws IOException {
        int size = chunks.size(number);
        stored = atLeast(stored, size);
        store.read(chunks.position(number), ByteBuffer.wrap(stored, 0, size));
        try {
            return undo(number, size);
        } catch (DamagedDataException damaged) {
            throw damaged;
        } catch (DataFormatException | RuntimeException damaged) {
            throw damaged(number, "does not decompress: " + damaged.getMessage(), damaged);
        }
    }

    private byte[] undo(int number, int size) throws DataFormatException, DamagedDataException {
        byte[] data = stored;
        int length = size;
        for (int i = filters.size() - 1; i >= 0; i--) {
            FilterInfo filter = filters.get(i);
            if ((chunks.skippedFilters(number) & 1 << i) != 0) {
                continue;
            }
            switch (filter.getId()) {
                case Filters.FLETCHER32 -> {
                    length -= CHECKSUM_BYTES;
                    check(number, data, length);
                }
                case Filters.DEFLATE -> {
                    data = inflate(number, data, length);
                    length = chunkBytes;
                }
                case Filters.BITSHUFFLE -> {
                    data = new Bitshuffle(filter.getData()).decode(data, length, chunkBytes);
                    length = chunkBytes;
                }
                case Filters.SHUFFLE -> data = unshuffle(data, length, filter.getData()[0]);
                default -> {
                    data = byLibrary(filter, data.length == length ? data : Arrays.copyOf(data, length));
                    length = data.length;
                }
            }
        }
        if (length != chunkBytes) {
            throw damaged(number, "has " + length + " bytes instead of " + chunkBytes, null);
        }
        return data;
    }

    private static byte[] byLibrary(FilterInfo filter, byte[] data) {
        return switch (filter.getId()) {
            case Filters.LZF -> new LzfFilter().decode(data, filter.getData());
            case Filters.LZ4 -> new Lz4Filter().decode(data, filter.getData());
            default -> throw new IllegalStateException("filter " + filter.getId() + " was not checked");
        };
    }

    private byte[] inflate(int number, byte[] data, int length) throws DataFormatException, DamagedDataException {
        inflated = atLeast(inflated, chunkBytes);
        inflater.reset();
        inflater.setInput(data, 0, length);
        int count = 0;
        while (count < chunkBytes && !inflater.finished()) {
            int more = inflater.inflate(inflated, count, chunkBytes - count);
            if (more == 0) {
                break;
            }
            count += more;
        }
        if (count != chunkBytes) {
            throw damaged(number, "holds only " + count + " of " + chunkBytes + " bytes", null);
        }
        return inflated;
    }

    private byte[] unshuffle(byte[] data, int length, int elementBytes) {
        unshuffled = atLeast(unshuffled, length);
        int elements = length / elementBytes;
        for (int b = 0; b < elementBytes; b++) {
            int from = b * elements;
            for (int i = 0; i < elements; i++) {
                unshuffled[i * elementBytes + b] = data[from + i];
            }
        }
        int rest = elements * elementBytes;
        System.arraycopy(data, rest, unshuffled, rest, length - rest);
        return unshuffled;
    }

    /** The checksum follows the data. */
    private void check(int number, byte[] data, int length) throws DamagedDataException {
        int expected = (data[length] & 0xFF)
                | (data[length + 1] & 0xFF) << 8
                | (data[length + 2] & 0xFF) << 16
                | (data[length + 3] & 0xFF) << 24;
        int computed = Fletcher32.of(data, length);
        // some early versions of HDF5 wrote it the other way round
        if (expected != computed && Integer.reverseBytes(expected) != computed) {
            throw damaged(
                    number,
                    "has the checksum " + Integer.toHexString(computed) + " instead of "
                            + Integer.toHexString(expected),
                    null);
        }
    }

    private DamagedDataException damaged(int number, String how, Throwable cause) {
        return new DamagedDataException(
                "the chunk at byte " + chunks.position(number) + " of " + title + " is damaged: it " + how, cause);
    }

    private static byte[] atLeast(byte[] buffer, int length) {
        return buffer.length >= length ? buffer : new byte[length];
    }

    @Override
    public void close() {
        inflater.end();
    }
}
