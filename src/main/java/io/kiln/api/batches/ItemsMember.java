package io.kiln.api.batches;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.batch.ItemSelection;
import io.kiln.run.ItemId;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;

/** Items that a request has to name. */
final class ItemsMember {
    private static final int MOST_IN_ADDRESS = 100;

    private ItemsMember() {}

    /** What changes things has to be said: nothing does not mean all. */
    static ItemSelection required(JsonValue items) {
        if (items == null || items == JsonValue.NULL) {
            throw invalid("'items' is missing; give \"all\" or a list of item ids");
        }
        return ItemChoice.of(items, null);
    }

    /** @param ids separated by commas */
    static List<ItemId> ids(String ids) {
        List<ItemId> all =
                Arrays.stream(ids.split(",")).map(ItemsMember::item).distinct().toList();
        if (all.size() > MOST_IN_ADDRESS) {
            throw invalid("'items' names " + all.size() + " items, but may name " + MOST_IN_ADDRESS + " at most");
        }
        return all;
    }

    private static ItemId item(String id) {
        try {
            return ItemId.parse(id.strip());
        } catch (IllegalArgumentException e) {
            throw invalid("'items' has " + id + ", which is no item id; one is a UUID");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
