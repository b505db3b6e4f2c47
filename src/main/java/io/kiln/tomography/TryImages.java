package io.kiln.tomography;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.preprocessing.DetectorRegion;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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
     * The centres within the selected columns, to a hundredth of a pixel as they stand in the files' names.
     *
     * @throws InputRejectedException when there is none, or too many
     */
    static List<Double> centers(TomographyParameters parameters, DetectorRegion selected, double center) {
        double width = parameters.centerSearchWidth();
        double step = parameters.centerSearchStep();
        double first = center - width;
        int count = Math.max(1, (int) Math.ceil(2 * width / step - 1e-9));
        int begin = (int) Math.max(0, Math.floor((selected.fromColumn() - first) / step));
        int end = (int) Math.min(count, Math.ceil((selected.toColumn() - first) / step) + 1);
        if (end - begin > MOST_IMAGES) {
            throw new InputRejectedException("a try of " + (end - begin)
                    + " centres is too large: raise centerSearchStep or lower centerSearchWidth");
        }
        List<Double> centers = IntStream.range(begin, end)
                .mapToObj(i -> Math.rint((first + i * step) * 100) / 100)
                .filter(column -> column >= selected.fromColumn() && column <= selected.toColumn() - 1)
                .distinct()
                .toList();
        if (centers.isEmpty()) {
            throw new InputRejectedException(String.format(
                    Locale.ROOT,
                    "none of the try's centres from %.2f in steps of %s is within columns %d to %d: lower centerSearchWidth or centerSearchStep",
                    first,
                    step,
                    selected.fromColumn(),
                    selected.toColumn() - 1));
        }
        return centers;
    }

    /**
     * Every centre of every slice, slice by slice.
     *
     * @throws InputRejectedException when they are too many
     */
    static List<TryImage> images(List<Integer> slices, List<Double> centers) {
        long count = (long) slices.size() * centers.size();
        if (count > MOST_IMAGES) {
            throw new InputRejectedException("a try of " + slices.size() + " slices at " + centers.size()
                    + " centres makes " + count + " images, but " + MOST_IMAGES
                    + " are the most: name fewer rows in nsino, raise centerSearchStep, or lower centerSearchWidth");
        }
        return slices.stream()
                .flatMap(slice -> centers.stream().map(center -> new TryImage(slice, center)))
                .toList();
    }
}
