package io.kiln.tomography;

import io.kiln.pipeline.UnitRange;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Ranges as the metadata of an output name them: ascending, ends excluded. */
final class SliceRanges {
    private SliceRanges() {}

    static List<UnitRange> of(BitSet slices) {
        List<UnitRange> ranges = new ArrayList<>();
        for (int from = slices.nextSetBit(0); from >= 0; ) {
            int to = slices.nextClearBit(from);
            ranges.add(new UnitRange(from, to));
            from = slices.nextSetBit(to);
        }
        return ranges;
    }

    /** @param first what the name of number 0 is */
    static JsonArray json(List<UnitRange> ranges, int first) {
        JsonArrayBuilder json = Json.createArrayBuilder();
        for (UnitRange range : ranges) {
            json.add(
                    Json.createObjectBuilder().add("from", first + range.from()).add("to", first + range.to()));
        }
        return json.build();
    }
}
