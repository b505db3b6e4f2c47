package io.kiln.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes values as pixels, piece by piece: it keeps one piece outside the heap for each thread that has written at once, however large slices are. Thread-safe. */
public final class SampleWriter {
    private static final int MOST_BYTES = 4 << 20;

    private final Samples samples;
    private final int pieceBytes;
    private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /** @param pixels that are written at once at most */
    public SampleWriter(Samples samples, int pixels) {
        this.samples = samples;
        this.pieceBytes =
                Math.min(MOST_BYTES, Math.multiplyExact(pixels, samples.type().bytes()));
    }

    /**
     * Writes pixels of these values from a position of the file on.
     *
     * @param values {@code count} of them, from {@code offset} on
     */
    public void write(float[] values, int offset, int count, FileChannel channel, long position) throws IOException {
        ByteBuffer taken = free.poll();
        ByteBuffer piece = taken == null ? ByteBuffer.allocateDirect(pieceBytes).order(ByteOrder.LITTLE_ENDIAN) : taken;
        try {
            int bytes = samples.type().bytes();
            int atOnce = pieceBytes / bytes;
            for (int done = 0; done < count; done += atOnce) {
                samples.encode(values, offset + done, Math.min(atOnce, count - done), piece.clear());
                Durable.write(channel, piece.flip(), position + (long) done * bytes);
            }
        } finally {
            free.add(piece);
        }
    }
}
