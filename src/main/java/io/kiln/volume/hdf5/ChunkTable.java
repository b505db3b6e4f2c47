package io.kiln.volume.hdf5;

import io.jhdf.api.Group;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.ChunkedDatasetBase;
import io.jhdf.dataset.chunked.ChunkedDatasetV3;
import io.jhdf.dataset.chunked.ChunkedDatasetV4;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.storage.HdfBackingStorage;
import io.kiln.volume.ArrayShape;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;

/** Where the chunks of a dataset are, each by its place in the grid of chunks. */
final class ChunkTable {
    private static final long MISSING = -1;

    private final ArrayShape chunk;
    private final int across;
    private final int deep;
    private final long[] positions;
    private final int[] sizes;
    private final int[] skippedFilters;

    private ChunkTable(ArrayShape chunk, ArrayShape array) {
        this.chunk = chunk;
        this.deep = parts(array.second(), chunk.second());
        this.across = parts(array.third(), chunk.third());
        int count = Math.multiplyExact(parts(array.first(), chunk.first()), Math.multiplyExact(deep, across));
        this.positions = new long[count];
        this.sizes = new int[count];
        this.skippedFilters = new int[count];
        Arrays.fill(positions, MISSING);
    }

    static ChunkTable of(ChunkedDatasetBase dataset, ArrayShape array) {
        long[] extents =
                three(Arrays.stream(dataset.getChunkDimensions()).asLongStream().toArray(), 1);
        ArrayShape chunk = new ArrayShape((int) extents[0], (int) extents[1], (int) extents[2]);
        ChunkTable table = new ChunkTable(chunk, array);
        long userBlock = dataset.getHdfFile().getUserBlockSize();
        for (Chunk one : chunks(dataset)) {
            table.add(one, userBlock);
        }
        return table;
    }

    /** Fewer than three dimensions are the last ones. */
    private static long[] three(long[] values, long missing) {
        long[] three = {missing, missing, missing};
        System.arraycopy(values, 0, three, 3 - values.length, values.length);
        return three;
    }

    private static int parts(int whole, int part) {
        return (whole - 1) / part + 1;
    }

    private void add(Chunk one, long userBlock) {
        long[] offset = three(one.getChunkOffset(), 0);
        long second = offset[1] / chunk.second();
        long third = offset[2] / chunk.third();
        long place = (offset[0] / chunk.first() * deep + second) * across + third;
        // an array that was made smaller keeps its former chunks
        if (one.getAddress() != MISSING && second < deep && third < across && place < positions.length) {
            positions[(int) place] = one.getAddress() + userBlock;
            sizes[(int) place] = one.getSize();
            skippedFilters[(int) place] = bits(one.getFilterMask());
        }
    }

    private static int bits(BitSet mask) {
        return mask == null || mask.isEmpty() ? 0 : (int) mask.toLongArray()[0];
    }

    /** Extents of a chunk. */
    ArrayShape chunk() {
        return chunk;
    }

    /** Number of the chunk that holds this element. */
    int holding(int first, int second, int third) {
        return (first / chunk.first() * deep + second / chunk.second()) * across + third / chunk.third();
    }

    /** False for a chunk that was never written: its elements have the fill value. */
    boolean isWritten(int number) {
        return positions[number] != MISSING;
    }

    /** Chunks that were never written. */
    int missing() {
        return (int) Arrays.stream(positions).filter(at -> at == MISSING).count();
    }

    /** Byte of the file that the chunk begins at. */
    long position(int number) {
        return positions[number];
    }

    /** Bytes that the chunk takes in the file. */
    int size(int number) {
        return sizes[number];
    }

    /** Bit n is set where filter n was not applied to this chunk. */
    int skippedFilters(int number) {
        return skippedFilters[number];
    }

    /** One past the last byte of the chunk that ends last. */
    long end() {
        long end = 0;
        for (int i = 0; i < positions.length; i++) {
            end = Math.max(end, positions[i] + sizes[i]);
        }
        return end;
    }

    /** jhdf keeps its index to subclasses. */
    private static Collection<Chunk> chunks(ChunkedDatasetBase dataset) {
        HdfBackingStorage storage = dataset.getHdfFile().getHdfBackingStorage();
        return dataset.getHeader().hasMessageOfType(ChunkedDataLayoutMessage.class)
                ? new OldIndex(storage, dataset).all()
                : new NewIndex(storage, dataset).all();
    }

    private static final class OldIndex extends ChunkedDatasetV3 {
        OldIndex(HdfBackingStorage storage, ChunkedDatasetBase of) {
            super(storage, of.getAddress(), of.getName(), group(of), of.getHeader());
        }

        Collection<Chunk> all() {
            return getChunkLookup().values();
        }
    }

    private static final class NewIndex extends ChunkedDatasetV4 {
        NewIndex(HdfBackingStorage storage, ChunkedDatasetBase of) {
            super(storage, of.getAddress(), of.getName(), group(of), of.getHeader());
        }

        Collection<Chunk> all() {
            return getChunkLookup().values();
        }
    }

    private static Group group(ChunkedDatasetBase of) {
        return of.getParent();
    }
}
