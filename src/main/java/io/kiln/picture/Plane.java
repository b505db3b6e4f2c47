package io.kiln.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A picture's values.
 *
 * @param rowsPerPixel rows of the array that one row of this is the mean of
 * @param columnsPerPixel the same of columns
 * @param values width × height of them, row by row; NaN where nothing finite was read
 */
public record Plane(int width, int height, int rowsPerPixel, int columnsPerPixel, float[] values) {
    /** The values as 32-bit floats, little-endian. */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
