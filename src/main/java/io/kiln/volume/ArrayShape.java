package io.kiln.volume;

/** Numbers of indices along the three axes of an array, the last one being that of neighbours in the file. */
public record ArrayShape(int first, int second, int third) {
    public ArrayShape {
        if (first < 0 || second < 0 || third < 0) {
            throw new IllegalArgumentException(
                    "an array of " + first + " × " + second + " × " + third + " elements is none");
        }
    }

    public long elements() {
        return (long) first * second * third;
    }

    @Override
    public String toString() {
        return first + " × " + second + " × " + third;
    }
}
