package io.kiln.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A three-dimensional array in a file, read in parts as it is stored. Thread-safe. */
public interface ArraySource {
    ArrayShape shape();

    ElementType type();

    ByteOrder order();

    /**
     * The block of elements that is decoded as one: a part of it costs as much as the whole. One element where every element can be read by itself.
     */
    ArrayShape block();

    /**
     * Reads what is selected, in the order of the file, to the buffer's position, which moves behind it. The elements keep the type and byte order
     * that they are stored in.
     *
     * @throws DamagedDataException when the stored bytes are not what they should be
     * @throws IOException when they cannot be read
     */
    void read(Selection selection, ByteBuffer destination) throws IOException;
}
