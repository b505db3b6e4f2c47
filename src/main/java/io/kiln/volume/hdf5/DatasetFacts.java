package io.kiln.volume.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the structure of a file tells of a dataset.
 *
 * @param name path within the file
 * @param dimensions numbers of indices, the last one being that of neighbours
 * @param type of its elements, such as {@code uint16}
 */
public record DatasetFacts(String name, List<Long> dimensions, String type) {
    private static final int MOST = 200;

    static List<DatasetFacts> stacks(Group root) {
        List<DatasetFacts> found = new ArrayList<>();
        collect(root, found);
        return found;
    }

    private static void collect(Group group, List<DatasetFacts> found) {
        for (Node child : group.getChildren().values()) {
            if (found.size() == MOST) {
                return;
            }
            if (child.isLink()) {
                continue;
            }
            if (child instanceof Dataset dataset && isStack(dataset)) {
                found.add(of(dataset));
            } else if (child instanceof Group inner) {
                collect(inner, found);
            }
        }
    }

    private static boolean isStack(Dataset dataset) {
        long[] dimensions = dataset.getDimensionsAsLong();
        boolean isNumber =
                dataset.getDataType() instanceof FixedPoint || dataset.getDataType() instanceof FloatingPoint;
        return isNumber
                && (dimensions.length == 2 || dimensions.length == 3)
                && Arrays.stream(dimensions).noneMatch(extent -> extent == 0);
    }

    private static DatasetFacts of(Dataset dataset) {
        return new DatasetFacts(
                dataset.getPath(),
                Arrays.stream(dataset.getDimensionsAsLong()).boxed().toList(),
                type(dataset.getDataType()));
    }

    private static String type(DataType type) {
        String kind = type instanceof FixedPoint whole ? whole.isSigned() ? "int" : "uint" : "float";
        return kind + 8 * type.getSize();
    }
}
