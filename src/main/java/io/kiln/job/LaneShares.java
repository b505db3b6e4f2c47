package io.kiln.job;

import io.kiln.pipeline.UnitRange;
import java.util.ArrayList;
import java.util.List;

/** Divides what is left of a run among lanes, and a lane's share into slabs. */
final class LaneShares {
    private LaneShares() {}

    /**
     * Contiguous shares of nearly the same number of blocks.
     *
     * @param missing aligned ranges, ascending
     * @param lanes at least 1
     * @return at most one share a lane, none empty
     */
    static List<List<UnitRange>> of(List<UnitRange> missing, int lanes, int alignment) {
        List<UnitRange> blocks = cut(missing, alignment);
        List<List<UnitRange>> shares = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            int from = (int) ((long) blocks.size() * lane / lanes);
            int to = (int) ((long) blocks.size() * (lane + 1) / lanes);
            if (from < to) {
                shares.add(UnitRanges.minus(blocks.subList(from, to), List.of()));
            }
        }
        return shares;
    }

    /** Cuts each range, from its start on, into pieces of at most so many units, in order. */
    static List<UnitRange> cut(List<UnitRange> ranges, int pieceUnits) {
        List<UnitRange> pieces = new ArrayList<>();
        for (UnitRange range : ranges) {
            for (int from = range.from(); from < range.to(); from += pieceUnits) {
                pieces.add(new UnitRange(from, Math.min(range.to(), from + pieceUnits)));
            }
        }
        return pieces;
    }
}
