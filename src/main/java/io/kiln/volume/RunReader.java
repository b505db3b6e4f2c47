package io.kiln.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads runs of bytes into a buffer, one behind the other; runs that are neighbours in the file too are read in one go. */
public final class RunReader {
    private static final int LARGEST_READ = 1 << 26;

    private final ByteStore store;
    private final ByteBuffer destination;
    private long start;
    private int length;

    public RunReader(ByteStore store, ByteBuffer destination) {
        this.store = store;
        this.destination = destination;
    }

    /** Adds the run of {@code bytes} bytes from {@code position} on. */
    public void add(long position, int bytes) throws IOException {
        if (position != start + length || length + bytes > LARGEST_READ) {
            flush();
            start = position;
        }
        length += bytes;
    }

    /** Reads what was added and is not read yet. */
    public void flush() throws IOException {
        if (length > 0) {
            int limit = destination.limit();
            destination.limit(destination.position() + length);
            store.read(start, destination);
            destination.limit(limit);
            length = 0;
        }
    }
}
