package io.kiln.volume.hdf5;

import io.kiln.volume.SampleType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An array of a file that is to be written.
 *
 * @param name within the group {@code /exchange}
 * @param dimensions numbers of indices, the last one being that of neighbours
 * @param attributes texts that are kept with the array
 */
public record ArrayForm(String name, List<Integer> dimensions, SampleType type, Map<String, String> attributes) {
    public ArrayForm {
        dimensions = List.copyOf(dimensions);
        // sorted, for a header is the same in every process: a Map.of(…) has another order in each
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    long bytes() {
        return dimensions.stream().mapToLong(Integer::longValue).reduce(type.bytes(), Math::multiplyExact);
    }
}
