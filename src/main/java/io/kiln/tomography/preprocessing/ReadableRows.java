package io.kiln.tomography.preprocessing;

import io.kiln.pipeline.UnreadableInputException;
import io.kiln.tomography.scan.ScanReader;
import io.kiln.tomography.scan.SinogramSlab;
import java.io.IOException;

/** Rows of a scan of which some may be damaged: what looks at a few of them takes the nearest that are not. */
public final class ReadableRows {
    private final DetectorRegion region;
    private final ScanReader reader;
    private final SinogramSlab slab;

    /** What is done with a row that is in the slab. */
    @FunctionalInterface
    public interface Use {
        /** @param row on the whole detector */
        void of(int row) throws IOException;
    }

    /** @param slab of one row, which is read into */
    public ReadableRows(DetectorRegion region, ScanReader reader, SinogramSlab slab) {
        this.region = region;
        this.reader = reader;
        this.slab = slab;
    }

    /**
     * Reads rows of the region, from one on to both sides, until so many could be read.
     *
     * @param farthest rows from the middle one; storage that fails is not asked for all it has
     * @throws UnreadableInputException when none can be
     */
    public void nearest(int middle, int wanted, int farthest, Use use) throws IOException {
        int found = 0;
        UnreadableInputException damage = null;
        for (int away = 0; found < wanted && away <= farthest; away++) {
            for (int row : away == 0 ? new int[] {middle} : new int[] {middle - away, middle + away}) {
                if (found < wanted && row >= region.fromRow() && row < region.toRow()) {
                    try {
                        reader.read(row, row + 1, slab);
                        found++;
                    } catch (UnreadableInputException e) {
                        damage = e;
                        continue;
                    }
                    use.of(row);
                }
            }
        }
        if (found == 0 && damage != null) {
            throw damage;
        }
    }
}
