package io.kiln.tomography.preprocessing;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.scan.ReferenceImages;
import io.kiln.tomography.scan.Scan;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Mean dark field and brightness (mean flat field less dark field) of each pixel of a region of the detector. A pixel whose dark or flat is not a number,
 * or that is less bright than a thousandth of what nine tenths of the pixels with any light do not reach, is unusable: its brightness is 0 here. So neither
 * some pixels that are far too bright count, as those are that a detector marks as masked, nor that the beam leaves most of the detector dark.
 */
public final class ReferenceFields {
    private static final double LEAST_BRIGHTNESS = 1e-3;
    private static final double LESS_BRIGHT = 0.9;

    private final DetectorRegion region;
    private final float[] dark;
    private final float[] first;
    private final float[] last;
    private int unusable;

    private ReferenceFields(DetectorRegion region, boolean isLinear) {
        int pixels = Math.multiplyExact(region.rows(), region.columns());
        this.region = region;
        this.dark = new float[pixels];
        this.first = new float[pixels];
        this.last = isLinear ? new float[pixels] : first;
    }

    /**
     * Reads the fields of a region. Absent flats are taken to be 1 above the dark, absent darks 0.
     *
     * @throws InputRejectedException when no pixel can be used, or too few flats are there for a linear change
     */
    public static ReferenceFields read(Scan scan, DetectorRegion region, Correction correction) throws IOException {
        Optional<ReferenceImages> flats = present(scan.flats());
        String source = flats.map(ReferenceImages::stack).orElse(scan.stack()).toString();
        boolean isLinear = flats.isPresent() && correction.flatLinear();
        if (isLinear && flats.get().count() < 2) {
            throw new InputRejectedException("flatLinear needs flats from before and after the scan, but " + source
                    + " has " + flats.get().count());
        }
        ReferenceFields fields = new ReferenceFields(region, isLinear);
        fields.new Reading(present(scan.darks()), flats, correction, source).read();
        return fields;
    }

    /** Fills the fields, block of rows by block of rows. */
    private final class Reading {
        private final Optional<ReferenceImages> darks;
        private final Optional<ReferenceImages> flats;
        private final Correction correction;
        private final String source;
        private final MeanImages means;

        private final BrightnessHistogram brightnesses = new BrightnessHistogram();
        private int notNumbers;

        Reading(
                Optional<ReferenceImages> darks,
                Optional<ReferenceImages> flats,
                Correction correction,
                String source) {
            this.darks = darks;
            this.flats = flats;
            this.correction = correction;
            this.source = source;
            this.means = new MeanImages(region, correction);
        }

        void read() throws IOException {
            int images = Math.max(
                    darks.map(ReferenceImages::count).orElse(0),
                    flats.map(ReferenceImages::count).orElse(0));
            int height = means.blockRows(images);
            double[] darkBlock = new double[height * region.columns()];
            double[] firstBlock = new double[darkBlock.length];
            double[] lastBlock = last == first ? firstBlock : new double[darkBlock.length];
            for (int row = 0; row < region.rows(); row += height) {
                int rows = Math.min(height, region.rows() - row);
                if (darks.isPresent()) {
                    means.of(darks.get(), 0, darks.get().count(), row, rows, darkBlock);
                }
                readFlats(row, rows, darkBlock, firstBlock, lastBlock);
                keep(row * region.columns(), rows * region.columns(), darkBlock, firstBlock, lastBlock);
            }
            requireUsable();
            leaveOutFaint((float) (LEAST_BRIGHTNESS * brightnesses.above(LESS_BRIGHT)));
        }

        private void readFlats(int row, int rows, double[] darkBlock, double[] firstBlock, double[] lastBlock)
                throws IOException {
            if (flats.isEmpty()) {
                Arrays.setAll(firstBlock, i -> darkBlock[i] + 1);
                return;
            }
            int count = flats.get().count();
            int half = last == first ? count : count / 2;
            means.of(flats.get(), 0, half, row, rows, firstBlock);
            dim(firstBlock);
            if (last != first) {
                means.of(flats.get(), half, count, row, rows, lastBlock);
                dim(lastBlock);
            }
        }

        private void dim(double[] flat) {
            for (int i = 0; i < flat.length; i++) {
                flat[i] /= correction.brightRatio();
            }
        }

        private void keep(int offset, int pixels, double[] darkBlock, double[] firstBlock, double[] lastBlock) {
            for (int i = 0; i < pixels; i++) {
                double before = firstBlock[i] - darkBlock[i];
                double after = lastBlock[i] - darkBlock[i];
                if (!Double.isFinite(before) || !Double.isFinite(after)) {
                    notNumbers++;
                } else if (before > 0 && after > 0) {
                    brightnesses.add((float) Math.min(before, after));
                    dark[offset + i] = (float) darkBlock[i];
                    first[offset + i] = (float) before;
                    last[offset + i] = (float) after;
                }
            }
        }

        private void requireUsable() {
            if (brightnesses.count() == 0) {
                throw new InputRejectedException("no pixel of " + source + " can be used: "
                        + (notNumbers == dark.length
                                ? "all flats less darks are NaN or infinite"
                                : "no flat is brighter than its dark (" + notNumbers + " of " + dark.length
                                        + " pixels are NaN or infinite)")
                        + "; give other flats by flatFile, or check rows and columns");
            }
        }

        private void leaveOutFaint(float least) {
            for (int i = 0; i < dark.length; i++) {
                if (first[i] == 0 || Math.min(first[i], last[i]) < least) {
                    dark[i] = 0;
                    first[i] = 0;
                    last[i] = 0;
                    unusable++;
                }
            }
        }
    }

    /** What the fields of a region take: dark and brightness of each pixel, and where it changes, that after the scan. */
    public static long bytes(DetectorRegion region, Correction correction) {
        return (correction.flatLinear() ? 3L : 2L) * Float.BYTES * region.rows() * region.columns();
    }

    /** Reference images that are there; a stack of none is taken for none. */
    public static Optional<ReferenceImages> present(Optional<ReferenceImages> images) {
        return images.filter(there -> there.count() > 0);
    }

    public DetectorRegion region() {
        return region;
    }

    /** How many pixels are unusable. */
    public int unusablePixels() {
        return unusable;
    }

    /** Whether any pixel of a row, counted on the whole detector, is usable. */
    boolean hasLight(int row) {
        return IntStream.range(start(row), start(row) + region.columns()).anyMatch(pixel -> first[pixel] > 0);
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
