package io.kiln.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes the slices of a volume, in any order, each as often as need be. Thread-safe as long as no two threads write the same slice at once. */
public interface VolumeWriter extends AutoCloseable {
    /**
     * Writes one slice. It is not durable yet when this returns.
     *
     * @param slice number of the slice, from 0
     * @param values height × width values, row by row, from {@code offset} on
     */
    void write(int slice, float[] values, int offset) throws IOException;

    /**
     * Writes one slice whose values are pixels already. It is not durable yet when this returns.
     *
     * @param slice number of the slice, from 0
     * @param pixels height × width of them, row by row from the buffer's position on, as {@link Samples#encode} makes them; the position moves behind them
     * @throws IllegalArgumentException when there are not as many
     */
    void write(int slice, ByteBuffer pixels) throws IOException;

    /** Makes what was written of these slices durable: content, size and name of their files. */
    void force(int fromSlice, int toSlice) throws IOException;

    @Override
    void close() throws IOException;
}
