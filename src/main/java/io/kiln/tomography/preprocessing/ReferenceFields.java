package io.kiln.tomography.preprocessing;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.scan.ReferenceImages;
import io.kiln.tomography.scan.Scan;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Mean dark field and brightness (mean flat field less dark field) of each pixel of a region of the detector. A pixel whose dark or flat is not a number,
 * or that is less bright than a thousandth of the mean brightness, is unusable: its brightness is 0 here.
 */
public final class ReferenceFields {
    private static final double LEAST_BRIGHTNESS = 1e-3;

    private final DetectorRegion region;
    private final float[] dark;
    private final float[] first;
    private final float[] last;
    private final int unusable;

    private ReferenceFields(
            DetectorRegion region, double[] dark, double[] flatFirst, double[] flatLast, String source) {
        this.region = region;
        this.dark = new float[dark.length];
        this.first = new float[dark.length];
        this.last = flatFirst == flatLast ? first : new float[dark.length];
        double least = LEAST_BRIGHTNESS * meanBrightness(dark, flatFirst, flatLast, source);
        int found = 0;
        for (int i = 0; i < dark.length; i++) {
            double before = flatFirst[i] - dark[i];
            double after = flatLast[i] - dark[i];
            if (isUsable(before, after) && Math.min(before, after) >= least) {
                this.dark[i] = (float) dark[i];
                this.first[i] = (float) before;
                this.last[i] = (float) after;
            } else {
                found++;
            }
        }
        unusable = found;
    }

    private static boolean isUsable(double before, double after) {
        return before > 0 && after > 0 && Double.isFinite(before) && Double.isFinite(after);
    }

    private static double meanBrightness(double[] dark, double[] flatFirst, double[] flatLast, String source) {
        double sum = 0;
        int usable = 0;
        int notNumbers = 0;
        for (int i = 0; i < dark.length; i++) {
            double before = flatFirst[i] - dark[i];
            double after = flatLast[i] - dark[i];
            if (isUsable(before, after)) {
                sum += Math.min(before, after);
                usable++;
            } else if (!Double.isFinite(before) || !Double.isFinite(after)) {
                notNumbers++;
            }
        }
        if (usable == 0) {
            throw new InputRejectedException("no pixel of " + source + " can be used: "
                    + (notNumbers == dark.length
                            ? "all flats less darks are NaN or infinite"
                            : "no flat is brighter than its dark (" + notNumbers + " of " + dark.length
                                    + " pixels are NaN or infinite)")
                    + "; give other flats by flatFile, or check rows and columns");
        }
        return sum / usable;
    }

    /**
     * Reads the fields of a region. Absent flats are taken to be 1 above the dark, absent darks 0.
     *
     * @throws InputRejectedException when no pixel can be used, or too few flats are there for a linear change
     */
    public static ReferenceFields read(Scan scan, DetectorRegion region, Correction correction) throws IOException {
        MeanImages means = new MeanImages(region, correction);
        double[] dark = means.all(present(scan.darks())).orElseGet(() -> new double[region.rows() * region.columns()]);
        Optional<ReferenceImages> flats = present(scan.flats());
        if (flats.isEmpty()) {
            double[] flat = Arrays.stream(dark).map(value -> value + 1).toArray();
            return new ReferenceFields(region, dark, flat, flat, scan.stack().toString());
        }
        String source = flats.get().stack().toString();
        if (!correction.flatLinear()) {
            double[] flat = dimmed(means.all(flats).orElseThrow(), correction);
            return new ReferenceFields(region, dark, flat, flat, source);
        }
        int count = flats.get().count();
        if (count < 2) {
            throw new InputRejectedException(
                    "flatLinear needs flats from before and after the scan, but " + source + " has " + count);
        }
        double[] before = dimmed(means.of(flats.get(), 0, count / 2), correction);
        double[] after = dimmed(means.of(flats.get(), count / 2, count), correction);
        return new ReferenceFields(region, dark, before, after, source);
    }

    /** Reference images that are there; a stack of none is taken for none. */
    public static Optional<ReferenceImages> present(Optional<ReferenceImages> images) {
        return images.filter(there -> there.count() > 0);
    }

    private static double[] dimmed(double[] flat, Correction correction) {
        for (int i = 0; i < flat.length; i++) {
            flat[i] /= correction.brightRatio();
        }
        return flat;
    }

    public DetectorRegion region() {
        return region;
    }

    /** How many pixels are unusable. */
    public int unusablePixels() {
        return unusable;
    }

    /** Index of the first pixel of a row, counted on the whole detector, in the arrays below. */
    int start(int row) {
        return (row - region.fromRow()) * region.columns();
    }

    /** Counts, row by row. Not to be changed. */
    public float[] dark() {
        return dark;
    }

    /** Brightness at the first projection, 0 where the pixel is unusable. Not to be changed. */
    public float[] firstBrightness() {
        return first;
    }

    /** Brightness at the last projection; the same array where it does not change. Not to be changed. */
    public float[] lastBrightness() {
        return last;
    }
}
