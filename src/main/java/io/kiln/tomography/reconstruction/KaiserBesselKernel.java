package io.kiln.tomography.reconstruction;

import static java.lang.StrictMath.PI;
import static java.lang.StrictMath.sin;
import static java.lang.StrictMath.sinh;
import static java.lang.StrictMath.sqrt;

/**
 * The Kaiser-Bessel function, four cells wide, that a sample between the cells of a grid is spread with (Beatty, Nishimura, Pauly, Rapid gridding
 * reconstruction with a minimal oversampling ratio, IEEE Trans. Med. Imaging 24, 2005, equations 3–5).
 */
public final class KaiserBesselKernel {
    /** Cells that a sample is spread over in each direction: the one below it, the one before that, and two above. */
    public static final int WIDTH = 4;

    /** Binary digits of a sample's place between two cells. */
    static final int PLACE_BITS = 10;

    public static final int PLACES = 1 << PLACE_BITS;

    private final double shape;
    private final int cells;

    /**
     * The best kernel for this oversampling.
     *
     * @param cells of the grid in one direction
     * @param width pixels of the slice in one direction
     */
    public KaiserBesselKernel(int cells, int width) {
        this.cells = cells;
        double oversampling = (double) cells / width;
        double half = WIDTH / oversampling * (oversampling - 0.5);
        shape = PI * sqrt(half * half - 0.8);
    }

    /** Weights of the four cells for each place p/PLACES past a cell: those of cells −1, 0, 1, 2 from it at 4p … 4p + 3. */
    float[] table() {
        float[] table = new float[PLACES * WIDTH];
        for (int i = 0; i < table.length; i++) {
            double distance = (double) (i / WIDTH) / PLACES + 1 - i % WIDTH;
            table[i] = (float) at(distance);
        }
        return table;
    }

    /** The function at distances 0, 1/PLACES, 2/PLACES … WIDTH/2 cells. */
    public float[] half() {
        float[] half = new float[WIDTH / 2 * PLACES + 1];
        for (int i = 0; i < half.length; i++) {
            half[i] = (float) at((double) i / PLACES);
        }
        return half;
    }

    private double at(double distance) {
        double ratio = 2 * distance / WIDTH;
        return bessel(shape * sqrt(Math.max(0, 1 - ratio * ratio))) * shape / sinh(shape) / WIDTH;
    }

    /** The modified Bessel function of the first kind and order 0, by its power series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    /**
     * What the spreading multiplies the pixel at this distance from the axis with.
     *
     * @param pixel from −width/2 to width/2
     */
    public double rolloff(int pixel) {
        double angle = PI * WIDTH * pixel / cells;
        double square = shape * shape - angle * angle;
        double root = sqrt(Math.abs(square));
        double value = square > 0 ? sinh(root) / root : root == 0 ? 1 : sin(root) / root;
        return value * shape / sinh(shape);
    }
}
