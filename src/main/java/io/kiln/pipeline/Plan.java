package io.kiln.pipeline;

import jakarta.json.JsonObject;

/**
 * What inspecting the input has settled for the whole life of a run. It is stored, and every restart goes by it: a restarted run does not decide anew.
 *
 * @param units how many units of work there are
 * @param alignment slabs start at multiples of this many units; the bytes of a result depend on it alone, not on the height of slabs
 * @param unitName what one unit is called in progress displays, for example {@code slice}
 * @param outputBytes bytes that the whole output will take
 * @param details every resolved parameter and found fact (dimensions, centre of rotation, confidence), as the pipeline itself reads it back
 */
public record Plan(int units, int alignment, String unitName, long outputBytes, JsonObject details) {
    public Plan {
        if (units < 1 || alignment < 1 || outputBytes < 0) {
            throw new IllegalArgumentException("a plan of " + units + " units aligned to " + alignment + " with "
                    + outputBytes + " bytes is none");
        }
    }

    /** So many units in words, such as {@code 96 slices}. */
    public String counted(int count) {
        return count + " " + unitName + (count == 1 ? "" : "s");
    }

    /** A range of units in words, such as {@code slices 8 to 11}. */
    public String named(UnitRange range) {
        return range.count() == 1
                ? unitName + " " + range.from()
                : unitName + "s " + range.from() + " to " + (range.to() - 1);
    }
}
