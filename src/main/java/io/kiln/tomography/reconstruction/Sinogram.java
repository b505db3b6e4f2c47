package io.kiln.tomography.reconstruction;

/**
 * The line integrals of one slice: projections × width values from {@code offset}, one projection after the other.
 *
 * @param center column of the axis of rotation, in pixels from the middle of column 0; need not be whole
 */
public record Sinogram(float[] values, int offset, double center) {
    public Sinogram(float[] values, double center) {
        this(values, 0, center);
    }
}
