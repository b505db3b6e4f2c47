package io.kiln.tomography.preprocessing;

/** The part of the detector that is used, in unbinned pixels; ends are exclusive. */
public record DetectorRegion(int fromRow, int toRow, int fromColumn, int toColumn) {
    public DetectorRegion {
        if (fromRow < 0 || toRow <= fromRow || fromColumn < 0 || toColumn <= fromColumn) {
            throw new IllegalArgumentException("rows [" + fromRow + ", " + toRow + ") × columns [" + fromColumn + ", "
                    + toColumn + ") are no part of a detector");
        }
    }

    public int rows() {
        return toRow - fromRow;
    }

    public int columns() {
        return toColumn - fromColumn;
    }
}
