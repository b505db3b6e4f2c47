package io.kiln.volume;

/** How one pixel of a written slice is stored; always little-endian. */
public enum SampleType {
    UINT8(1),
    UINT16(2),
    FLOAT32(4);

    private final int bytes;

    SampleType(int bytes) {
        this.bytes = bytes;
    }

    /** The largest integer; of no meaning for floats. */
    int largest() {
        return (int) ((1L << 8 * bytes) - 1);
    }

    /** Bytes that one pixel takes. */
    public int bytes() {
        return bytes;
    }
}
