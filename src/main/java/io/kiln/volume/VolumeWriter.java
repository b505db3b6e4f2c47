package io.kiln.volume;

import java.io.IOException;

/** Writes the slices of a volume, in any order, each as often as need be. Thread-safe as long as no two threads write the same slice at once. */
public interface VolumeWriter extends AutoCloseable {
    /**
     * Writes one slice. It is not durable yet when this returns.
     *
     * @param slice number of the slice, from 0
     * @param values height × width values, row by row, from {@code offset} on
     */
    void write(int slice, float[] values, int offset) throws IOException;

    /** Makes what was written of these slices durable: content, size and name of their files. */
    void force(int fromSlice, int toSlice) throws IOException;

    @Override
    void close() throws IOException;
}
