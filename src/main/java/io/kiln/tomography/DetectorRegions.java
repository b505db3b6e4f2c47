package io.kiln.tomography;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.preprocessing.DetectorRegion;
import io.kiln.tomography.scan.Scan;
import java.util.Locale;

/** Which part of the detector is used. */
final class DetectorRegions {
    /** Rows to either side of the searched one whose projections are correlated. */
    private static final int SEARCH_MARGIN = 32;

    /** What a reconstruction takes. */
    private static final int WIDEST = 16384;

    private DetectorRegions() {}

    /**
     * The selected rows and columns, in whole bins.
     *
     * @throws InputRejectedException when they reach beyond the detector or are too few
     */
    static DetectorRegion selected(TomographyParameters parameters, Scan scan) {
        int pixels = parameters.pixelsPerBin();
        Range rows = range("Row", parameters.startRow(), parameters.endRow(), scan.rows(), pixels, 1);
        Range columns = range("Column", parameters.startColumn(), parameters.endColumn(), scan.columns(), pixels, 2);
        int width = (columns.to() - columns.from()) / pixels;
        if (width > WIDEST) {
            throw new InputRejectedException("slices of " + width + " × " + width + " pixels are too large, at most "
                    + WIDEST + " × " + WIDEST + " are made: raise binning, or select fewer columns");
        }
        return new DetectorRegion(rows.from(), rows.to(), columns.from(), columns.to());
    }

    private record Range(int from, int to) {}

    private static Range range(String what, int start, Integer givenEnd, int available, int pixels, int least) {
        int end = givenEnd == null ? available : givenEnd;
        if (start >= available || end > available) {
            throw new InputRejectedException(what.toLowerCase(Locale.ROOT) + "s " + start + " to " + (end - 1)
                    + " are selected, but the detector has 0 to " + (available - 1) + ": correct start" + what
                    + " and end"
                    + what);
        }
        int bins = (end - start) / pixels;
        if (bins < least) {
            throw new InputRejectedException(
                    (end - start) + " " + what.toLowerCase(Locale.ROOT) + "s are selected, but at least "
                            + least * pixels + " are needed with this binning: widen start" + what + " to end" + what
                            + " or lower binning");
        }
        return new Range(start, start + bins * pixels);
    }

    /**
     * The rows of a region that a few slices and the search for the centre need.
     *
     * @param firstSlice least of the slices, within the region
     * @param lastSlice greatest of the slices
     * @param searchRow where the centre is sought, on the detector
     */
    static DetectorRegion around(
            DetectorRegion region, TomographyParameters parameters, int firstSlice, int lastSlice, int searchRow) {
        int pixels = parameters.pixelsPerBin();
        int margin = parameters.findsCenter() ? SEARCH_MARGIN : 0;
        int searched = parameters.findsCenter() ? (searchRow - region.fromRow()) / pixels : firstSlice;
        int from = Math.max(0, Math.min(firstSlice, searched - margin / pixels));
        int to = Math.min(region.rows() / pixels, Math.max(lastSlice, searched + margin / pixels) + 1);
        return new DetectorRegion(
                region.fromRow() + from * pixels,
                region.fromRow() + to * pixels,
                region.fromColumn(),
                region.toColumn());
    }

    /** The detector row where the centre is sought. */
    static int searchRow(TomographyParameters parameters, DetectorRegion region) {
        return region.fromRow() + (int) Math.floor(parameters.rotationAxisSearchRow() * (region.rows() - 1) + 0.5);
    }
}
