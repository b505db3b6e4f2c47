package io.kiln.numeric;

/** A run of complex values inside split arrays. */
record Lines(float[] real, float[] imaginary, int offset) {
    private static final int BLOCK = 8;

    /** Writes the {@code rows} × {@code columns} matrix here to {@code other} with rows and columns exchanged. Both are multiples of 8. */
    void transposeTo(Lines other, int rows, int columns) {
        transpose(real, offset, other.real, other.offset, rows, columns);
        transpose(imaginary, offset, other.imaginary, other.offset, rows, columns);
    }

    private static void transpose(float[] from, int offset, float[] to, int target, int rows, int columns) {
        for (int row = 0; row < rows; row += BLOCK) {
            int out = target + row;
            int in = offset + row * columns;
            for (int column = 0; column < columns; column++) {
                int at = in + column;
                to[out] = from[at];
                to[out + 1] = from[at += columns];
                to[out + 2] = from[at += columns];
                to[out + 3] = from[at += columns];
                to[out + 4] = from[at += columns];
                to[out + 5] = from[at += columns];
                to[out + 6] = from[at += columns];
                to[out + 7] = from[at + columns];
                out += rows;
            }
        }
    }

    void copyTo(Lines other, int count) {
        if (other != this) {
            System.arraycopy(real, offset, other.real, other.offset, count);
            System.arraycopy(imaginary, offset, other.imaginary, other.offset, count);
        }
    }
}
