package io.kiln.numeric;

/** A run of complex values inside split arrays. */
record Lines(float[] real, float[] imaginary, int offset) {
    void multiply(float[] factorReal, float[] factorImaginary) {
        for (int i = 0; i < factorReal.length; i++) {
            float re = real[offset + i];
            float im = imaginary[offset + i];
            real[offset + i] = re * factorReal[i] - im * factorImaginary[i];
            imaginary[offset + i] = re * factorImaginary[i] + im * factorReal[i];
        }
    }

    void transposeTo(Lines other, int rows, int columns) {
        transpose(real, offset, other.real, other.offset, rows, columns);
        transpose(imaginary, offset, other.imaginary, other.offset, rows, columns);
    }

    private static void transpose(float[] from, int offset, float[] to, int target, int rows, int columns) {
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                to[target + column * rows + row] = from[offset + row * columns + column];
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
