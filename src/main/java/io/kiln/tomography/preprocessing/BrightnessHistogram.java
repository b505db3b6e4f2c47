package io.kiln.tomography.preprocessing;

/** How many pixels have which brightness, to a hundredth of it: a table of fixed size, however many pixels there are. */
final class BrightnessHistogram {
    /** Of a float's bits those that are left out: the exponent and seven bits of the fraction remain. */
    private static final int LEFT_OUT_BITS = 16;

    private final int[] pixels = new int[1 << Integer.SIZE - 1 - LEFT_OUT_BITS];
    private int count;

    /** @param brightness above 0 */
    void add(float brightness) {
        // the bits of positive floats ascend as the floats do
        pixels[Float.floatToRawIntBits(brightness) >> LEFT_OUT_BITS]++;
        count++;
    }

    /** Pixels that were added. */
    int count() {
        return count;
    }

    /**
     * The brightness below which a share of the pixels is. There must be a pixel.
     *
     * @param share 0 or more, less than 1
     */
    float above(double share) {
        int bin = 0;
        for (long passed = pixels[0]; passed <= share * count; passed += pixels[bin]) {
            bin++;
        }
        return Float.intBitsToFloat(bin << LEFT_OUT_BITS);
    }
}
