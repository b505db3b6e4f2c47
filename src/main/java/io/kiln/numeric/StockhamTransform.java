package io.kiln.numeric;

/** Transforms {@code width} interleaved sequences of {@code length} values at once: value j of sequence q stands at j·width + q. */
final class StockhamTransform {
    private final int length;
    private final int width;
    private final Roots roots;
    private final Butterflies butterflies;

    StockhamTransform(int length, int width, Butterflies butterflies) {
        this.length = length;
        this.width = width;
        this.butterflies = butterflies;
        roots = Roots.of(length, length, power -> power);
    }

    /** Forward transform with {@code scratch} as the second buffer; true when the result ended in {@code scratch}. */
    boolean transform(Lines data, Lines scratch) {
        Lines from = data;
        Lines to = scratch;
        int remaining = length;
        int run = width;
        while (remaining > 1) {
            if (remaining == 2) {
                butterflies.two(from, from.offset(), to, to.offset(), run);
                remaining = 1;
            } else {
                remaining /= 4;
                passOfFour(from, to, remaining, run);
                run *= 4;
            }
            Lines last = from;
            from = to;
            to = last;
        }
        return from == scratch;
    }

    private void passOfFour(Lines from, Lines to, int groups, int run) {
        int power = length / (4 * groups);
        for (int group = 0; group < groups; group++) {
            int in = from.offset() + group * run;
            int out = to.offset() + 4 * group * run;
            butterflies.four(from, in, groups * run, to, out, run, roots, group * power);
        }
    }
}
