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

    /** Bytes that one pixel takes. */
    public int bytes() {
        return bytes;
    }
}
