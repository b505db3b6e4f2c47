package io.kiln.tomography.scan;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.Selection;

/** Which projections and which detector columns of a scan are used. */
public final class ScanWindow {
    private final int[] projections;
    private final int fromColumn;
    private final int toColumn;

    /**
     * @param projections numbers of the projections, ascending, each once
     * @param fromColumn first column
     * @param toColumn one past the last column
     */
    public ScanWindow(int[] projections, int fromColumn, int toColumn) {
        if (projections.length == 0) {
            throw new InputRejectedException("no projection is selected: widen the range of projections");
        }
        if (fromColumn < 0 || toColumn <= fromColumn) {
            throw new InputRejectedException("columns from " + fromColumn + " to before " + toColumn
                    + " select nothing: widen the range of columns");
        }
        this.projections = projections.clone();
        this.fromColumn = fromColumn;
        this.toColumn = toColumn;
    }

    /** The whole scan. */
    public static ScanWindow all(Scan scan) {
        return new ScanWindow(Selection.range(0, scan.projections()), 0, scan.columns());
    }

    /** Numbers of the selected projections. */
    public int[] projections() {
        return projections.clone();
    }

    public int projectionCount() {
        return projections.length;
    }

    public int fromColumn() {
        return fromColumn;
    }

    public int toColumn() {
        return toColumn;
    }

    public int columnCount() {
        return toColumn - fromColumn;
    }
}
