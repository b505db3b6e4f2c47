package io.kiln.tomography;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.preprocessing.DetectorRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which images a try makes. */
final class TryImages {
    private static final int MOST_IMAGES = 100_000;

    private TryImages() {}

    /**
     * The slices, numbered within the selected region, ascending, each once.
     *
     * @throws InputRejectedException when a row is outside the region
     */
    static List<Integer> slices(TomographyParameters parameters, DetectorRegion selected) {
        return parameters.nsino().stream()
                .map(place -> slice(place, parameters, selected))
                .distinct()
                .sorted()
                .toList();
    }

    private static int slice(double place, TomographyParameters parameters, DetectorRegion selected) {
        int pixels = parameters.pixelsPerBin();
        if (place <= 1) {
            return (int) Math.floor(place * (selected.rows() / pixels - 1) + 0.5);
        }
        if (place < selected.fromRow() || place >= selected.toRow()) {
            throw new InputRejectedException("nsino has row " + (int) place + ", but rows " + selected.fromRow()
                    + " to " + (selected.toRow() - 1) + " are selected: name one of them, or a fraction from 0 to 1");
        }
        return ((int) place - selected.fromRow()) / pixels;
    }

    /**
     * The centres, to a hundredth of a pixel as they stand in the files' names.
     *
     * @throws InputRejectedException when they reach beyond the selected columns, or are too many
     */
    static List<Double> centers(TomographyParameters parameters, DetectorRegion selected, double center) {
        double width = parameters.centerSearchWidth();
        double step = parameters.centerSearchStep();
        if (center - width < selected.fromColumn() || center + width > selected.toColumn() - 1) {
            throw new InputRejectedException(String.format(
                    Locale.ROOT,
                    "the try's centres from %.2f to %.2f reach beyond columns %d to %d: lower centerSearchWidth",
                    center - width,
                    center + width,
                    selected.fromColumn(),
                    selected.toColumn() - 1));
        }
        int count = Math.max(1, (int) Math.ceil(2 * width / step - 1e-9));
        if (count > MOST_IMAGES) {
            throw new InputRejectedException(
                    "a try of " + count + " centres is too large: raise centerSearchStep or lower centerSearchWidth");
        }
        List<Double> centers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            centers.add(Math.rint((center - width + i * step) * 100) / 100);
        }
        return centers.stream().distinct().toList();
    }

    /** Every centre of every slice, slice by slice. */
    static List<TryImage> images(List<Integer> slices, List<Double> centers) {
        return slices.stream()
                .flatMap(slice -> centers.stream().map(center -> new TryImage(slice, center)))
                .toList();
    }
}
