package io.kiln.tomography.reconstruction;

import java.util.Arrays;

/**
 * The lines that the projections of a parallel beam measured. A point at x to the right of the axis and y above it is seen at the detector column
 * x·cos θ + y·sin θ + centre.
 *
 * @param width detector columns, at least 2, odd or even; slices are width × width
 * @param angles θ of each projection in radians, at least 1, in any order and spacing
 */
public record ScanGeometry(int width, double[] angles) {
    private static final int WIDEST = 16384;

    /** @throws IllegalArgumentException when the width or an angle cannot be reconstructed from */
    public ScanGeometry {
        if (width < 2 || width > WIDEST) {
            throw new IllegalArgumentException("a detector of " + width + " columns: reconstruction takes 2 to "
                    + WIDEST + "; bin or crop wider ones");
        }
        if (angles.length == 0 || !Arrays.stream(angles).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "angles " + Arrays.toString(angles) + ": at least one is needed, and all must be finite");
        }
        angles = angles.clone();
    }

    @Override
    public double[] angles() {
        return angles.clone();
    }

    /** How many there are. */
    public int projections() {
        return angles.length;
    }

    double angle(int projection) {
        return angles[projection];
    }

    /** Rejects sinograms and slices that do not fit this geometry. */
    void check(Sinogram first, Sinogram second, Slice firstSlice, Slice secondSlice) {
        check(first, firstSlice);
        if (second == null != (secondSlice == null)) {
            throw new IllegalArgumentException(
                    "a second sinogram and a second slice go together: give both or neither");
        }
        if (second != null) {
            check(second, secondSlice);
        }
    }

    private void check(Sinogram sinogram, Slice slice) {
        checkRoom("sinogram", sinogram.values(), sinogram.offset(), (long) width * angles.length);
        checkRoom("slice", slice.values(), slice.offset(), (long) width * width);
        if (!Double.isFinite(sinogram.center())) {
            throw new IllegalArgumentException("a centre of rotation at " + sinogram.center() + ": it must be finite");
        }
    }

    private static void checkRoom(String what, float[] values, int offset, long needed) {
        if (offset < 0 || needed > values.length - offset) {
            throw new IllegalArgumentException(
                    "a " + what + " at " + offset + " of " + values.length + " values: it needs " + needed);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScanGeometry that && width == that.width && Arrays.equals(angles, that.angles);
    }

    @Override
    public int hashCode() {
        return 31 * width + Arrays.hashCode(angles);
    }

    @Override
    public String toString() {
        return angles.length + " projections of " + width + " columns";
    }
}
