package io.kiln.tomography.reconstruction;

/**
 * How projections are filtered and what scale the slices have.
 *
 * @param filter the window on the ramp
 * @param padding columns by which the edge values are continued on each side before filtering, at least; the rest up to a power of two is filled so too
 * @param amplitude what the values of a slice mean
 */
public record Filtering(FbpFilter filter, int padding, Amplitude amplitude) {
    public Filtering {
        if (padding < 0) {
            throw new IllegalArgumentException("a padding of " + padding + " columns: it must be 0 or more");
        }
    }

    /** Parzen's window, half the width on each side, true attenuation. */
    public static Filtering standard(int width) {
        return new Filtering(FbpFilter.PARZEN, width / 2, Amplitude.ATTENUATION);
    }
}
