package io.kiln.numeric;

import java.lang.invoke.MethodHandles;

/** The inner loops of {@link StockhamTransform}: small transforms across contiguous runs, times one root of unity for each output run. */
interface Butterflies {
    Butterflies FASTEST = VectorUnit.orElse(
            MethodHandles.lookup(), "io.kiln.numeric.SimdButterflies", Butterflies.class, new PlainButterflies());

    /**
     * Two input runs at {@code in}, {@code run} apart, to two output runs at {@code out}, without roots: always the last pass.
     *
     * @param run values in a run
     */
    void two(Lines from, int in, Lines to, int out, int run);

    /**
     * Four input runs at {@code in}, {@code step} apart, to four output runs at {@code out}, {@code run} apart, the second to fourth times the root and its
     * powers.
     */
    void four(Lines from, int in, int step, Lines to, int out, int run, Roots roots, int power);

    /** Multiplies the first values of a line with these factors. */
    void multiply(Lines line, Roots factors);
}
