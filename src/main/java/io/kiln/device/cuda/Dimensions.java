package io.kiln.device.cuda;

/**
 * How many blocks a grid has, or threads a block.
 *
 * @param x at least 1
 * @param y at least 1
 * @param z at least 1
 */
public record Dimensions(int x, int y, int z) {
    public Dimensions {
        if (x < 1 || y < 1 || z < 1) {
            throw new IllegalArgumentException(x + " × " + y + " × " + z + ": each must be at least 1");
        }
    }

    public static Dimensions of(int x) {
        return new Dimensions(x, 1, 1);
    }

    public static Dimensions of(int x, int y) {
        return new Dimensions(x, y, 1);
    }

    /** How many blocks of this many threads are needed to have one for each element. */
    public static int blocks(long elements, int threads) {
        return Math.toIntExact((elements + threads - 1) / threads);
    }

    @Override
    public String toString() {
        return x + " × " + y + " × " + z;
    }
}
