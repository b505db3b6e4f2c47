package io.kiln.pipeline;

/**
 * A contiguous, non-empty range of a run's units of work (slices of a full reconstruction, images of a try).
 *
 * @param from first unit, from 0
 * @param to one past the last unit
 */
public record UnitRange(int from, int to) {
    public UnitRange {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("units [" + from + ", " + to + ") are no range");
        }
    }

    public int count() {
        return to - from;
    }

    @Override
    public String toString() {
        return "[" + from + ", " + to + ")";
    }
}
