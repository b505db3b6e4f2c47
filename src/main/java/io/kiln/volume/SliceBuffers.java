package io.kiln.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Little-endian buffers outside the heap, of one size, that are used again: as many as threads have written at once. */
public final class SliceBuffers {
    private final int bytes;
    private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    public SliceBuffers(int bytes) {
        this.bytes = bytes;
    }

    /** An empty buffer, whose place is {@link #giveBack} when it is not needed any more. */
    public ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN) : buffer.clear();
    }

    public void giveBack(ByteBuffer buffer) {
        free.add(buffer);
    }
}
