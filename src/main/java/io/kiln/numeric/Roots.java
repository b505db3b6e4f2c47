package io.kiln.numeric;

import java.util.function.IntToLongFunction;

/** Roots of unity exp(−2πi·power/order), each rounded once. */
record Roots(float[] real, float[] imaginary) {
    /** The roots whose powers this function names for 0 … count − 1. */
    static Roots of(int order, int count, IntToLongFunction power) {
        Roots roots = new Roots(new float[count], new float[count]);
        for (int i = 0; i < count; i++) {
            double angle = 2 * StrictMath.PI * (power.applyAsLong(i) % order) / order;
            roots.real[i] = (float) StrictMath.cos(angle);
            roots.imaginary[i] = (float) -StrictMath.sin(angle);
        }
        return roots;
    }
}
