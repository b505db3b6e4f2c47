package io.kiln.numeric;

/** Roots of unity exp(−2πi·power/order), rounded once. */
final class Root {
    private Root() {}

    static float real(long power, int order) {
        return (float) StrictMath.cos(angle(power, order));
    }

    static float imaginary(long power, int order) {
        return (float) -StrictMath.sin(angle(power, order));
    }

    private static double angle(long power, int order) {
        return 2 * StrictMath.PI * (power % order) / order;
    }
}
