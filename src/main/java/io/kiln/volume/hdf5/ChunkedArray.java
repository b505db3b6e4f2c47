package io.kiln.volume.hdf5;

import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.ByteStore;
import io.kiln.volume.ElementType;
import io.kiln.volume.RunReader;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An array that is stored in chunks. Chunks that go through filters, or are narrower than the array, are read whole and once a call.
 *
 * @param title for messages
 * @param fill the bytes of an element that was never written
 */
record ChunkedArray(
        String title,
        ByteStore store,
        ArrayShape shape,
        ElementType type,
        ByteOrder order,
        ChunkTable chunks,
        List<FilterInfo> filters,
        byte[] fill)
        implements ArraySource {
    @Override
    public ArrayShape block() {
        return isReadByRows() ? new ArrayShape(1, 1, 1) : chunks.chunk();
    }

    private boolean isReadByRows() {
        return filters.isEmpty() && chunks.chunk().third() >= shape.third() && chunks.missing() == 0;
    }

    @Override
    public void read(Selection selection, ByteBuffer destination) throws IOException {
        selection.checkWithin(shape);
        if (isReadByRows()) {
            readRows(selection, destination);
        } else {
            readChunks(selection, destination);
        }
    }

    private void readRows(Selection selection, ByteBuffer destination) throws IOException {
        ArrayShape selected = selection.shape();
        ArrayShape chunk = chunks.chunk();
        RunReader runs = new RunReader(store, destination);
        for (int i = 0; i < selected.first(); i++) {
            int first = selection.first(i);
            for (int j = 0; j < selected.second(); j++) {
                int second = selection.second(j);
                long row = (long) (first % chunk.first()) * chunk.second() + second % chunk.second();
                long element = row * chunk.third() + selection.thirdFrom();
                long begin = chunks.position(chunks.holding(first, second, 0));
                runs.add(begin + element * type.bytes(), selected.third() * type.bytes());
            }
        }
        runs.flush();
    }

    private void readChunks(Selection selection, ByteBuffer destination) throws IOException {
        ArrayShape selected = selection.shape();
        ArrayShape chunk = chunks.chunk();
        int chunkBytes = Math.toIntExact(chunk.elements() * type.bytes());
        try (ChunkDecoder decoder = new ChunkDecoder(title, store, chunks, filters, chunkBytes)) {
            ChunkScatter scatter = new ChunkScatter(selection, chunk, type.bytes(), fill, destination);
            for (int i = 0; i < selected.first(); i = scatter.firstBehind(i)) {
                for (int j = 0; j < selected.second(); j = scatter.secondBehind(j)) {
                    for (int k = selection.thirdFrom() / chunk.third() * chunk.third();
                            k < selection.thirdTo();
                            k += chunk.third()) {
                        int number = chunks.holding(selection.first(i), selection.second(j), k);
                        scatter.put(i, j, k, chunks.isWritten(number) ? decoder.decode(number) : null);
                    }
                }
            }
        }
        destination.position(destination.position() + Math.toIntExact(selected.elements() * type.bytes()));
    }
}
