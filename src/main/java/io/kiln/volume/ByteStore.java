package io.kiln.volume;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes that can be read at any position. Thread-safe. */
@FunctionalInterface
public interface ByteStore {
    /** Fills the buffer from its position to its limit with the bytes from {@code position} on. */
    void read(long position, ByteBuffer into) throws IOException;

    /** The bytes of an open file. */
    static ByteStore of(FileChannel channel) {
        return (position, into) -> {
            long at = position;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    throw new EOFException("the file ends " + into.remaining()
                            + " bytes before what is to be read from byte " + position);
                }
                at += count;
            }
        };
    }

    /** The bytes of a buffer, from its start. */
    static ByteStore of(ByteBuffer bytes) {
        return (position, into) ->
                into.put(bytes.duplicate().clear().slice(Math.toIntExact(position), into.remaining()));
    }
}
