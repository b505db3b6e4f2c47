package io.kiln.tomography.preprocessing;

/**
 * The natural logarithm in single precision by additions, multiplications and one division, since {@link Math#log} may differ in the last bit from one
 * Java to the next, and {@link StrictMath#log} is slow.
 *
 * <p>x = m·2^e with m from √½ to √2 and ln m = 2·artanh s, s = (m−1)/(m+1), by the series of artanh to s⁹ (Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 4.1.27); its error is below one unit in the last place of 1.
 */
final class NaturalLogarithm {
    private static final int SQRT_HALF = Float.floatToRawIntBits(0.70710677f);
    private static final int EXPONENT = 0xFF800000;
    private static final float LN_2_HIGH = 0.69313812f;
    private static final float LN_2_LOW = 9.058001e-6f;

    private NaturalLogarithm() {}

    /** @param x a normal positive number; other numbers give nonsense */
    static float of(float x) {
        int bits = Float.floatToRawIntBits(x);
        int shift = bits - SQRT_HALF & EXPONENT;
        float mantissa = Float.intBitsToFloat(bits - shift);
        float exponent = shift >> 23;
        float s = (mantissa - 1) / (mantissa + 1);
        float z = s * s;
        float series = z * (0.6666667f + z * (0.4f + z * (0.2857143f + z * 0.22222222f)));
        return exponent * LN_2_HIGH + (s * 2 + (s * series + exponent * LN_2_LOW));
    }
}
