package io.kiln.tomography.reconstruction;

import io.kiln.numeric.FourierTransform;

/**
 * The shape of a slice's spectrum: {@code cells} × {@code cells}, computed in bands of neighbouring lines. A line holds all vertical frequencies of one
 * horizontal frequency. A band holds lines {@code start} … {@code end} − 1 and, mirrored, those of the negative horizontal frequencies.
 */
public record Grid(int width, int cells, int bandLines) {
    /** Least cells a pixel: below it the four-cell kernel is off by more than 0.1 %. */
    private static final double OVERSAMPLING = 1.5;

    /** Lines computed together; two bands of them stay in a processor's cache at usual widths. */
    private static final int BAND_LINES = 32;

    /** For slices of this width. */
    public static Grid of(int width) {
        int cells = FourierTransform.lengthFor(Math.max(8, (int) Math.ceil(OVERSAMPLING * width)));
        return new Grid(width, cells, Math.min(BAND_LINES, cells / 2));
    }

    public int half() {
        return cells / 2;
    }

    int bands() {
        return half() / bandLines;
    }

    /** First line of a band. Samples near frequency 0 spread across it, to line −1. */
    int start(int band) {
        return band == 0 ? -1 : band * bandLines;
    }

    /** One past the last line of a band. Samples near the highest frequency spread across it, to line half + 1. */
    int end(int band) {
        return band == bands() - 1 ? half() + 2 : (band + 1) * bandLines;
    }

    /** The lowest of the slice's pixel rows, counted upwards from the axis. */
    public int lowest() {
        return width / 2 - width + 1;
    }
}
