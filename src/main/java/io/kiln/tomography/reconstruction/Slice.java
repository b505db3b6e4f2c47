package io.kiln.tomography.reconstruction;

/**
 * Where a slice is put: width × width values from {@code offset}, row by row from the top. The axis is at column and row width/2 (rounded down); y points
 * up. Pixels half a width or farther from the axis are zero.
 */
public record Slice(float[] values, int offset) {
    public Slice(float[] values) {
        this(values, 0);
    }
}
