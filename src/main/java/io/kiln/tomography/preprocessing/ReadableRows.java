package io.kiln.tomography.preprocessing;

import io.kiln.pipeline.UnreadableInputException;
import io.kiln.tomography.scan.ScanReader;
import io.kiln.tomography.scan.SinogramSlab;
import java.io.IOException;

/**
 * Rows of a scan of which some may be damaged, or of no use: what looks at a few of them takes the nearest that are not. Neighbours are read together: a row alone is
 * a short piece of each projection, which a disk looks for as long as for many of them.
 */
public final class ReadableRows {
    private static final long BYTES_AT_ONCE = 64L << 20;

    private final DetectorRegion region;
    private final ScanReader reader;
    private final SinogramSlab slab;
    private UnreadableInputException damage;

    /** What is done with a row that was read. */
    @FunctionalInterface
    public interface Use {
        /**
         * @param slab that holds it
         * @param row on the whole detector
         * @return false where the row tells nothing, and another one is to be taken
         */
        boolean of(SinogramSlab slab, int row) throws IOException;
    }

    /** @param most rows that are wanted of one place */
    public ReadableRows(DetectorRegion region, ScanReader reader, int most) {
        this.region = region;
        this.reader = reader;
        this.slab = reader.newSlab((int) Math.max(1, Math.min(most, BYTES_AT_ONCE / reader.bytesPerRow())));
    }

    /**
     * Reads the rows of the region around one, and where some of them cannot be read or are of no use the next ones to both sides, until it has so many.
     *
     * @param farthest rows from the middle one; storage that fails is not asked for all it has
     * @return how many were of use
     * @throws UnreadableInputException when none was, and some cannot be read
     */
    public int nearest(int middle, int wanted, int farthest, Use use) throws IOException {
        int count = Math.min(wanted, region.rows());
        int begin = Math.max(region.fromRow(), Math.min(region.toRow() - count, middle - count / 2));
        int end = begin + count;
        int found = 0;
        for (int row = begin; row < end; row += slab.capacity()) {
            found += read(row, Math.min(end, row + slab.capacity()), use);
        }
        for (int away = 1; found < wanted && away <= farthest; away++) {
            for (int row : new int[] {middle - away, middle + away}) {
                boolean isNext = row < begin && row >= region.fromRow() || row >= end && row < region.toRow();
                if (found < wanted && isNext) {
                    found += read(row, row + 1, use);
                }
            }
        }
        if (found == 0 && damage != null) {
            throw damage;
        }
        return found;
    }

    /** How many of them could be read and are of use. */
    private int read(int fromRow, int toRow, Use use) throws IOException {
        try {
            reader.read(fromRow, toRow, slab);
        } catch (UnreadableInputException e) {
            damage = e;
            int found = 0;
            for (int row = fromRow; row < toRow && toRow - fromRow > 1; row++) {
                found += read(row, row + 1, use);
            }
            return found;
        }
        int found = 0;
        for (int row = fromRow; row < toRow; row++) {
            found += use.of(slab, row) ? 1 : 0;
        }
        return found;
    }
}
