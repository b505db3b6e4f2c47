package io.kiln.volume.spool;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of a selection that is read in one go: what lies in one block along the first two axes. Positions count in the selection.
 *
 * @param firstTo one past the last position along the first axis
 * @param secondTo one past the last position along the second axis
 */
record Tile(int firstFrom, int firstTo, int secondFrom, int secondTo) {
    /** The tiles of a selection from an array that is stored in such blocks. */
    static List<Tile> of(Selection selection, ArrayShape block) {
        ArrayShape selected = selection.shape();
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < selected.first(); ) {
            int nextFirst = selection.firstPosition((selection.first(i) / block.first() + 1) * block.first());
            for (int j = 0; j < selected.second(); ) {
                int nextSecond = selection.secondPosition((selection.second(j) / block.second() + 1) * block.second());
                tiles.add(new Tile(i, nextFirst, j, nextSecond));
                j = nextSecond;
            }
            i = nextFirst;
        }
        return tiles;
    }

    /** What it selects of the array. */
    Selection selection(Selection whole) {
        return new Selection(
                IntStream.range(firstFrom, firstTo).map(whole::first).toArray(),
                IntStream.range(secondFrom, secondTo).map(whole::second).toArray(),
                whole.thirdFrom(),
                whole.thirdTo());
    }

    long rows() {
        return (long) (firstTo - firstFrom) * (secondTo - secondFrom);
    }

    /** True where any of these positions lies in it. */
    boolean overlaps(Selection positions) {
        return positions.firstPosition(firstFrom) < positions.firstPosition(firstTo)
                && positions.secondPosition(secondFrom) < positions.secondPosition(secondTo);
    }
}
