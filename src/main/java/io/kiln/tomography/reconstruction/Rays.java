package io.kiln.tomography.reconstruction;

/**
 * The straight lines in a slice's spectrum on which the projections' spectra lie. A ray's sample k stands at k times its step; steps are fixed-point numbers
 * of cells with {@link #FRACTION_BITS} binary digits behind the point. Every ray goes to the right or straight up or down: one that would go left is turned
 * round, and its negative frequencies are taken for its positive ones.
 */
public final class Rays {
    public static final int FRACTION_BITS = 32;

    private final long[] right;
    private final long[] up;
    private final boolean[] turned;
    private final int samples;

    /**
     * @param length values of a projection's spectrum
     * @param cells of the grid in one direction
     */
    public Rays(ScanGeometry geometry, int length, int cells) {
        int count = geometry.projections();
        right = new long[count];
        up = new long[count];
        turned = new boolean[count];
        samples = length / 2;
        double unit = (double) cells / length * (1L << FRACTION_BITS);
        for (int ray = 0; ray < count; ray++) {
            double cosine = StrictMath.cos(geometry.angle(ray));
            double sine = StrictMath.sin(geometry.angle(ray));
            turned[ray] = cosine < 0;
            double sign = turned[ray] ? -unit : unit;
            right[ray] = StrictMath.round(sign * cosine);
            up[ray] = StrictMath.round(sign * sine);
        }
    }

    public int count() {
        return right.length;
    }

    /** Cells to the right that a step of this ray goes, not negative, in fixed point. */
    public long right(int ray) {
        return right[ray];
    }

    /** Cells up that a step of this ray goes, in fixed point. */
    public long up(int ray) {
        return up[ray];
    }

    /** True where the ray's positive frequencies are the projection's negative ones. */
    public boolean isTurned(int ray) {
        return turned[ray];
    }

    /** The first sample at or right of this place (in fixed-point cells); {@link #samples} where there is none. */
    int firstFrom(int ray, long place) {
        if (place <= 0) {
            return 0;
        }
        long step = right[ray];
        return step == 0 ? samples : (int) Math.min(samples, (place + step - 1) / step);
    }

    /** Samples of each ray, with frequency 0 and without the highest. */
    public int samples() {
        return samples;
    }
}
