package io.kiln.api.batches;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.batch.ItemSelection;
import io.kiln.run.ItemId;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.UUID;

/** Which items of a batch a request means: {@code "all"}, a list of ids, or one and those behind it. */
public final class ItemChoice {
    private ItemChoice() {}

    /**
     * @param items {@code "all"}, a list of ids, or null for all
     * @param from the first of the items, those behind it follow; null where {@code items} says which
     * @throws ProblemException when it is none of these, or both are given
     */
    public static ItemSelection of(JsonValue items, UUID from) {
        boolean all = items == null || items == JsonValue.NULL || isAll(items);
        if (from != null) {
            if (!all) {
                throw invalid("give either 'items' or 'from', not both");
            }
            return new ItemSelection.From(new ItemId(from));
        }
        if (all) {
            return new ItemSelection.All();
        }
        if (items instanceof JsonArray ids && !ids.isEmpty()) {
            return new ItemSelection.Only(ids.stream().map(ItemChoice::item).toList());
        }
        throw invalid("'items' is " + items + ", but must be \"all\" or a list of item ids");
    }

    private static ItemId item(JsonValue id) {
        try {
            return ItemId.parse(id instanceof JsonString text ? text.getString() : id.toString());
        } catch (IllegalArgumentException e) {
            throw invalid("'items' has " + id + ", which is no item id; one is a UUID");
        }
    }

    private static boolean isAll(JsonValue value) {
        return value instanceof JsonString text && text.getString().equals("all");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
