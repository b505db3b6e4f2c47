package io.kiln.numeric;

/** Transforms {@code width} interleaved sequences of {@code length} values at once: value j of sequence q stands at j·width + q. */
final class StockhamTransform {
    private final int length;
    private final int width;
    private final float[] rootReal;
    private final float[] rootImaginary;

    StockhamTransform(int length, int width) {
        this.length = length;
        this.width = width;
        rootReal = new float[length];
        rootImaginary = new float[length];
        for (int power = 0; power < length; power++) {
            rootReal[power] = Root.real(power, length);
            rootImaginary[power] = Root.imaginary(power, length);
        }
    }

    /** Forward transform with {@code scratch} as the second buffer; true when the result ended in {@code scratch}. */
    boolean transform(Lines data, Lines scratch) {
        Lines from = data;
        Lines to = scratch;
        int remaining = length;
        for (int stride = 1; remaining > 1; ) {
            int radix = remaining == 2 ? 2 : 4;
            for (int group = 0; group < remaining / radix; group++) {
                if (radix == 4) {
                    four(from, to, group, remaining / 4, stride);
                } else {
                    Butterflies.two(from, to, width * stride);
                }
            }
            remaining /= radix;
            stride *= radix;
            Lines last = from;
            from = to;
            to = last;
        }
        return from == scratch;
    }

    private void four(Lines from, Lines to, int group, int groups, int stride) {
        int run = width * stride;
        int first = group * stride;
        Butterflies.four(
                from,
                to,
                from.offset() + group * run,
                groups * run,
                to.offset() + 4 * group * run,
                run,
                new float[] {rootReal[first], rootReal[2 * first], rootReal[3 * first]},
                new float[] {rootImaginary[first], rootImaginary[2 * first], rootImaginary[3 * first]});
    }
}
