package io.kiln.volume;

import java.nio.ByteBuffer;

/**
 * How values become the pixels of a written slice. Floats are written as they are. Integers map {@code low} and less to 0 and {@code high} and more to
 * the largest number, in between linearly and rounded to the nearest; NaN becomes 0.
 *
 * @param low value that becomes 0; of no meaning for floats
 * @param high value that becomes the largest integer, above {@code low}; of no meaning for floats
 */
public record Samples(SampleType type, double low, double high) {
    public Samples {
        if (type != SampleType.FLOAT32 && !(low < high && high - low < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a window from " + low + " to " + high + " is none: it must be finite and rise");
        }
    }

    /** 32-bit floats, unchanged. */
    public static Samples floats() {
        return new Samples(SampleType.FLOAT32, 0, 0);
    }

    /** What a value less {@link #low} is multiplied with; of no meaning for floats. */
    public double factor() {
        return type.largest() / (high - low);
    }

    /** Puts the values at the buffer's position, which moves behind them; the buffer must be little-endian. */
    public void encode(float[] values, int offset, int count, ByteBuffer destination) {
        int at = destination.position();
        destination.position(at + count * type.bytes());
        switch (type) {
            case FLOAT32 ->
                destination
                        .duplicate()
                        .order(destination.order())
                        .position(at)
                        .asFloatBuffer()
                        .put(values, offset, count);
            case UINT16 -> {
                double factor = factor();
                for (int i = 0; i < count; i++) {
                    destination.putShort(at + 2 * i, (short) scaled(values[offset + i], factor));
                }
            }
            case UINT8 -> {
                double factor = factor();
                for (int i = 0; i < count; i++) {
                    destination.put(at + i, (byte) scaled(values[offset + i], factor));
                }
            }
        }
    }

    /** @throws IllegalArgumentException when the buffer does not have as many pixels */
    public void check(ByteBuffer pixels, int count) {
        if (pixels.remaining() != (long) count * type.bytes()) {
            throw new IllegalArgumentException(
                    pixels.remaining() + " bytes are not " + count + " pixels of " + type.bytes() + " bytes");
        }
    }

    private int scaled(float value, double factor) {
        int largest = type.largest();
        double scaled = (value - low) * factor;
        // NaN fails the first comparison
        return scaled > 0 ? scaled < largest ? (int) (scaled + 0.5) : largest : 0;
    }
}
