package io.kiln.tomography.reconstruction;

import io.kiln.numeric.VectorUnit;
import java.lang.invoke.MethodHandles;

/** The inner loop of gridding: spreads consecutive samples of one ray, each with its mirror image, over 4 × 4 cells. */
interface RaySpreader {
    /**
     * The first Java version that the vector implementation was measured to be faster on. It and the Fourier transforms use vectors of different lengths in one
     * process: Java 17 compiles their calls by profiles that all lengths share, which leaves the vectors on the heap, and needs 180 ms for what takes the plain
     * loop 38 (a pair of 1024² slices) and half as long again for the transforms. Java 25 needs 15 ms for it, against 36 for the plain loop.
     */
    int FIRST_JAVA = 25;

    RaySpreader FASTEST = VectorUnit.orElse(
            MethodHandles.lookup(),
            "io.kiln.tomography.reconstruction.SimdRaySpreader",
            RaySpreader.class,
            new PlainRaySpreader(),
            FIRST_JAVA);

    /** Values of a sample, and of a cell: real and imaginary part on the ray's right half, then those of the mirror image on its left half. */
    int PARTS = 4;

    /** Binary digits of a fixed-point place that are less than the kernel's table tells apart. */
    int SHIFT = Rays.FRACTION_BITS - KaiserBesselKernel.PLACE_BITS;

    long ROUNDING = 1L << (SHIFT - 1);

    /**
     * The samples of a ray: number k stands at (k·right, k·up), rounded to the kernel's places; its four parts begin at {@code begin + 4k} of the values.
     *
     * @param origin where the first part of cell (−1, −1) is: a sample spreads from there on
     */
    record Samples(int begin, long right, long up, int from, int to, int origin) {}

    /**
     * Adds the samples to cells, which lie line by line with the four parts of a cell side by side. The left parts are those of the mirrored cell, so that both
     * halves of the spectrum take a sample at the same place with the same weights.
     *
     * @param table as {@link KaiserBesselKernel#table}
     * @param stride values from a line of cells to the next
     */
    void spread(Samples samples, float[] values, float[] table, float[] cells, int stride);
}
