package io.kiln.tomography.preprocessing;

import io.kiln.tomography.scan.SinogramSlab;
import java.util.Arrays;

/**
 * Makes the sinogram of line integrals of a slice from what the detector counted: zingers out, dark subtracted, pixels added to bins, divided by the flat
 * field, logarithm, dead pixels filled. Each slice is made from its own detector rows alone. Immutable and thread-safe.
 *
 * <p>As in tomocupy the line integral is 0 where the transmission is 0, negative or infinite, and 6 where it is not a number.
 */
public final class SinogramPreparation {
    private static final float OPAQUE = 6;

    private final ReferenceFields fields;
    private final Correction correction;
    private final float[] progress;
    private final int columns;

    /**
     * @param fields of the region that slabs are read from
     * @param progress for each projection of a slab, how far the scan had come: 0 for its first projection, 1 for its last
     */
    public SinogramPreparation(ReferenceFields fields, Correction correction, float[] progress) {
        this.fields = fields;
        this.correction = correction;
        this.progress = progress.clone();
        this.columns = fields.region().columns() >> correction.binning();
    }

    public ReferenceFields fields() {
        return fields;
    }

    public Correction correction() {
        return correction;
    }

    /** How far the brightness has come at each projection: from 0, that at the scan's beginning, to 1, that at its end. */
    public float[] brightening() {
        return correction.flatLinear() ? progress.clone() : new float[progress.length];
    }

    /** Whether any pixel of the slice is usable. */
    public boolean hasLight(int slice) {
        return !new DeadPixels(new Brightness(slice).first).isWholeRow();
    }

    /** Columns of a sinogram, after binning. */
    public int columns() {
        return columns;
    }

    /** Slices of the region, after binning. */
    public int slices() {
        return fields.region().rows() >> correction.binning();
    }

    /** Values of the work array that {@link #prepare} needs. */
    public int scratchLength() {
        return correction.binning() == 0 ? 0 : progress.length * fields.region().columns();
    }

    /** The first detector row of a slice. */
    public int firstRow(int slice) {
        return fields.region().fromRow() + slice * correction.pixelsPerBin();
    }

    /**
     * Makes the sinogram of a slice.
     *
     * @param slice number within the region, after binning
     * @param slab holds the slice's detector rows
     * @param sinogram takes projections × columns values
     * @param scratch {@link #scratchLength()} values, overwritten
     * @return false when no pixel of these rows is usable: the sinogram is then all 0
     */
    public boolean prepare(int slice, SinogramSlab slab, float[] sinogram, float[] scratch) {
        begin(sinogram);
        add(firstRow(slice), firstRow(slice + 1), slab, sinogram, scratch);
        return finish(slice, sinogram);
    }

    /** Begins a slice whose rows are not all read at once. */
    public void begin(float[] sinogram) {
        Arrays.fill(sinogram, 0, progress.length * columns, 0);
    }

    /**
     * Adds detector rows to the slice that was begun with this array. The rows of a slice come in ascending order.
     *
     * @param slab holds the rows from {@code fromRow} to before {@code toRow}
     */
    public void add(int fromRow, int toRow, SinogramSlab slab, float[] sinogram, float[] scratch) {
        boolean binned = correction.binning() > 0;
        float[] counts = binned ? scratch : sinogram;
        int width = fields.region().columns();
        for (int row = fromRow; row < toRow; row++) {
            slab.sinogram(row, counts, 0);
            if (correction.dezinger() > 0) {
                new ZingerRemoval(correction.dezinger(), correction.dezingerThreshold())
                        .clean(counts, progress.length, width);
            }
            for (int projection = 0; projection < progress.length; projection++) {
                subtractDark(counts, projection * width, fields.start(row), width);
                if (binned) {
                    addToBins(counts, projection * width, sinogram, projection * columns);
                }
            }
        }
    }

    /**
     * Makes line integrals of a slice all of whose rows were added.
     *
     * @return false when no pixel of these rows is usable: the sinogram is then all 0
     */
    public boolean finish(int slice, float[] sinogram) {
        Brightness brightness = new Brightness(slice);
        DeadPixels dead = new DeadPixels(brightness.first);
        if (dead.isWholeRow()) {
            begin(sinogram);
            return false;
        }
        for (int projection = 0; projection < progress.length; projection++) {
            divide(sinogram, projection * columns, brightness, progress[projection]);
            if (correction.minusLog()) {
                minusLog(sinogram, projection * columns);
            } else {
                onlyNumbers(sinogram, projection * columns);
            }
            dead.fill(sinogram, projection * columns);
        }
        return true;
    }

    /** Brightness of the bins of one slice. */
    private final class Brightness {
        final float[] first = new float[columns];
        final float[] last = new float[columns];

        Brightness(int slice) {
            for (int row = firstRow(slice); row < firstRow(slice + 1); row++) {
                int start = fields.start(row);
                for (int x = 0; x < columns << correction.binning(); x++) {
                    first[x >> correction.binning()] += fields.firstBrightness()[start + x];
                    last[x >> correction.binning()] += fields.lastBrightness()[start + x];
                }
            }
        }
    }

    private void subtractDark(float[] counts, int offset, int start, int width) {
        float[] dark = fields.dark();
        float[] brightness = fields.firstBrightness();
        for (int x = 0; x < width; x++) {
            counts[offset + x] = brightness[start + x] > 0 ? counts[offset + x] - dark[start + x] : 0;
        }
    }

    private void addToBins(float[] counts, int offset, float[] bins, int at) {
        for (int x = 0; x < columns << correction.binning(); x++) {
            bins[at + (x >> correction.binning())] += counts[offset + x];
        }
    }

    private void divide(float[] sinogram, int offset, Brightness brightness, float along) {
        float[] first = brightness.first;
        float[] last = brightness.last;
        float share = correction.flatLinear() ? along : 0;
        for (int x = 0; x < columns; x++) {
            sinogram[offset + x] /= first[x] + share * (last[x] - first[x]);
        }
    }

    private void minusLog(float[] sinogram, int offset) {
        for (int x = offset; x < offset + columns; x++) {
            float transmission = sinogram[x];
            float integral = -NaturalLogarithm.of(transmission);
            integral = transmission >= Float.MIN_NORMAL && transmission <= Float.MAX_VALUE ? integral : 0;
            sinogram[x] = transmission == transmission ? integral : OPAQUE;
        }
    }

    private void onlyNumbers(float[] sinogram, int offset) {
        for (int x = offset; x < offset + columns; x++) {
            sinogram[x] = Math.abs(sinogram[x]) <= Float.MAX_VALUE ? sinogram[x] : 0;
        }
    }
}
