package io.kiln.numeric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The discrete Fourier transform of one length, a power of two, in single precision on split arrays (real parts, imaginary parts). Not scaled: forward
 * and then inverse multiplies by the length. Immutable and thread-safe.
 *
 * <p>Stockham's self-sorting algorithm with radix 4 and 2 (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, 1.7 and 2.4);
 * from length 256 on in two steps of about its square root (Bailey's four-step method), so that the innermost loops are long and contiguous. Roots of unity
 * are rounded from {@link StrictMath}: the bytes of a result depend on nothing but the input.
 */
public final class FourierTransform {
    /** The longest transform. */
    public static final int MAXIMUM_LENGTH = 1 << 24;

    private static final int SHORTEST_IN_TWO_STEPS = 256;
    private static final Map<Integer, FourierTransform> BY_LENGTH = new ConcurrentHashMap<>();

    private final int length;
    private final int rows;
    private final int columns;
    private final StockhamTransform first;
    private final StockhamTransform second;
    private final Roots between;
    private final Butterflies butterflies;

    FourierTransform(int length, Butterflies butterflies) {
        this.length = length;
        this.butterflies = butterflies;
        int exponent = Integer.numberOfTrailingZeros(length);
        rows = length < SHORTEST_IN_TWO_STEPS ? 1 : 1 << exponent / 2;
        columns = length / rows;
        first = new StockhamTransform(rows, columns, butterflies);
        second = new StockhamTransform(columns, rows, butterflies);
        between = Roots.of(length, rows == 1 ? 0 : length, i -> (long) (i / columns) * (i % columns));
    }

    /**
     * The transform of this length; made once for each length.
     *
     * @param length a power of two up to {@link #MAXIMUM_LENGTH}
     * @throws IllegalArgumentException for any other length
     */
    public static FourierTransform of(int length) {
        if (Integer.bitCount(length) != 1 || length < 1 || length > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    "a transform of length " + length + ": it must be a power of two up to " + MAXIMUM_LENGTH);
        }
        return BY_LENGTH.computeIfAbsent(length, missing -> new FourierTransform(missing, Butterflies.FASTEST));
    }

    /** The shortest length of a transform, a power of two, that holds this many values. */
    public static int lengthFor(int values) {
        if (values < 1 || values > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(values + " values: a transform holds 1 to " + MAXIMUM_LENGTH);
        }
        return values == 1 ? 1 : Integer.highestOneBit(values - 1) << 1;
    }

    public int length() {
        return length;
    }

    /**
     * out[k] = Σ in[j]·exp(−2πi·jk/length). Destroys the input. Input and output must not overlap.
     *
     * @param real real parts of the input, {@code length} values from {@code offset}
     * @param imaginary imaginary parts of the input, at the same places
     * @param outReal real parts of the output, {@code length} values from {@code outOffset}
     * @param outImaginary imaginary parts of the output, at the same places
     */
    public void forward(
            float[] real, float[] imaginary, int offset, float[] outReal, float[] outImaginary, int outOffset) {
        Lines in = new Lines(real, imaginary, offset);
        Lines out = new Lines(outReal, outImaginary, outOffset);
        if (rows == 1) {
            boolean swapped = second.transform(in, out);
            (swapped ? out : in).copyTo(out, length);
            return;
        }
        Lines[] both = {in, out};
        int at = first.transform(in, out) ? 1 : 0;
        butterflies.multiply(both[at], between);
        both[at].transposeTo(both[1 - at], rows, columns);
        at = 1 - at;
        at ^= second.transform(both[at], both[1 - at]) ? 1 : 0;
        both[at].copyTo(out, length);
    }

    /** out[k] = Σ in[j]·exp(+2πi·jk/length), otherwise as {@link #forward}. */
    public void inverse(
            float[] real, float[] imaginary, int offset, float[] outReal, float[] outImaginary, int outOffset) {
        // the inverse is the forward transform with the parts exchanged, on the way in and on the way out
        forward(imaginary, real, offset, outImaginary, outReal, outOffset);
    }
}
