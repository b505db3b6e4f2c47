package io.kiln.volume.hdf5;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.Selection;
import java.nio.ByteBuffer;

/** Puts what is selected of a chunk where it belongs in the destination. */
final class ChunkScatter {
    private final Selection selection;
    private final ArrayShape selected;
    private final ArrayShape chunk;
    private final int elementBytes;
    private final byte[] fill;
    private final ByteBuffer destination;
    private final int start;

    /** @param fill the bytes of an element of a chunk that was never written */
    ChunkScatter(Selection selection, ArrayShape chunk, int elementBytes, byte[] fill, ByteBuffer destination) {
        this.selection = selection;
        this.selected = selection.shape();
        this.chunk = chunk;
        this.elementBytes = elementBytes;
        this.fill = fill;
        this.destination = destination;
        this.start = destination.position();
    }

    /** Position in the selection of the first index of the first axis that is behind the chunk of position {@code i}. */
    int firstBehind(int i) {
        return selection.firstPosition((selection.first(i) / chunk.first() + 1) * chunk.first());
    }

    /** Position in the selection of the first index of the second axis that is behind the chunk of position {@code j}. */
    int secondBehind(int j) {
        return selection.secondPosition((selection.second(j) / chunk.second() + 1) * chunk.second());
    }

    /**
     * @param i position in the selection of the first index of the first axis that is in the chunk
     * @param j the same of the second axis
     * @param third first index of the chunk along the third axis
     * @param elements of the chunk; null for one that was never written
     */
    void put(int i, int j, int third, byte[] elements) {
        int from = Math.max(third, selection.thirdFrom());
        int to = Math.min(third + chunk.third(), selection.thirdTo());
        int behindFirst = firstBehind(i);
        int behindSecond = secondBehind(j);
        for (int a = i; a < behindFirst; a++) {
            for (int b = j; b < behindSecond; b++) {
                long target = ((long) a * selected.second() + b) * selected.third() + from - selection.thirdFrom();
                int at = start + Math.toIntExact(target * elementBytes);
                if (elements == null) {
                    fill(at, to - from);
                } else {
                    int row =
                            selection.first(a) % chunk.first() * chunk.second() + selection.second(b) % chunk.second();
                    int source = (row * chunk.third() + from - third) * elementBytes;
                    destination.put(at, elements, source, (to - from) * elementBytes);
                }
            }
        }
    }

    private void fill(int at, int count) {
        for (int i = 0; i < count; i++) {
            destination.put(at + i * elementBytes, fill);
        }
    }
}
