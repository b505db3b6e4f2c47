package io.kiln.tomography.preprocessing;

/**
 * How counts become line integrals.
 *
 * @param binning halvings of rows and columns
 * @param dezinger width of the median that replaces zingers, 0 for none
 * @param dezingerThreshold counts by which a zinger exceeds the median
 * @param flatLinear true where the flat field changes linearly from the first projection to the last
 * @param brightRatio exposure of the flats over that of the projections
 * @param minusLog true where the logarithm is to be taken
 */
public record Correction(
        int binning, int dezinger, double dezingerThreshold, boolean flatLinear, double brightRatio, boolean minusLog) {

    /** Nothing but darks, flats and the logarithm. */
    public static Correction plain() {
        return new Correction(0, 0, 0, false, 1, true);
    }

    /** The same without binning. */
    public Correction unbinned() {
        return new Correction(0, dezinger, dezingerThreshold, flatLinear, brightRatio, minusLog);
    }

    public int pixelsPerBin() {
        return 1 << binning;
    }
}
