package io.kiln.tomography.center;

/**
 * The part of the spectrum of a whole turn's sinogram where an object of a quarter of the detector's width in radius has nothing, save when the axis is
 * wrong (Vo et al., Reliable method for calculating the center of rotation in parallel-beam tomography, Optics Express 22, 2014). Frequencies along the
 * columns count from 1 on one side only: the spectrum of real numbers is the same on the other.
 */
final class DoubleWedge {
    private static final int MOST_DROPPED = 20;
    private static final double DROPPED_SHARE = 0.05;
    private static final int FIRST_COLUMN = 2;

    private final double reach;
    private final int dropped;
    private final int lines;
    private final int columns;

    /**
     * @param projections of half a turn, as they were measured
     * @param lines angular frequencies that there are on one side, after resampling
     * @param columns of the sinogram
     */
    DoubleWedge(int projections, int lines, int columns) {
        int turn = 2 * projections;
        // (i · dv) / (n / 4) / du with du = 1/n, dv = (turn − 1) / (2π · turn)
        reach = 4 * (turn - 1) / (2 * StrictMath.PI * turn);
        dropped = Math.min(MOST_DROPPED, (int) Math.ceil(DROPPED_SHARE * turn));
        this.lines = lines;
        this.columns = columns;
    }

    int firstColumn() {
        return FIRST_COLUMN;
    }

    /** One past the last column frequency in the wedge. */
    int endColumn() {
        return Math.min((columns + 1) / 2, (int) Math.ceil(lines * reach) + 1);
    }

    /** The least angular frequency in the wedge at a column frequency; above {@code lines} where there is none. */
    int firstLine(int column) {
        int line = (int) Math.floor((column - 1) / reach) + 1;
        return Math.max(dropped + 1, line);
    }
}
