package io.kiln.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An array that is stored as one block.
 *
 * @param position of its first byte in the store
 */
public record ContiguousArray(ByteStore store, long position, ArrayShape shape, ElementType type, ByteOrder order)
        implements ArraySource {
    @Override
    public ArrayShape block() {
        return new ArrayShape(1, 1, 1);
    }

    @Override
    public void read(Selection selection, ByteBuffer destination) throws IOException {
        selection.checkWithin(shape);
        ArrayShape selected = selection.shape();
        RunReader runs = new RunReader(store, destination);
        for (int i = 0; i < selected.first(); i++) {
            for (int j = 0; j < selected.second(); j++) {
                long row = (long) selection.first(i) * shape.second() + selection.second(j);
                long element = row * shape.third() + selection.thirdFrom();
                runs.add(position + element * type.bytes(), selected.third() * type.bytes());
            }
        }
        runs.flush();
    }
}
