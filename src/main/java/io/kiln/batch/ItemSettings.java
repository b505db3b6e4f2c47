package io.kiln.batch;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.run.ItemId;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What people set of an item. An edit is a JSON merge patch (RFC 7396) of its document.
 *
 * @param input path of its file
 * @param name what people call it; empty stands for the file's name without its extension
 * @param parameters that override the batch's
 * @param after items of the same batch that it comes after
 */
public record ItemSettings(String input, String name, JsonObject parameters, String comment, Set<ItemId> after) {
    /** What an edit moves the item by, beside these settings: its place in the batch from 0. */
    public static final String POSITION = "position";

    private static final List<String> NAMES = List.of("input", "name", "parameters", "comment", "after");

    public ItemSettings {
        if (input.isBlank()) {
            throw new InputRejectedException("an item needs an 'input': the path of its file");
        }
        after = Set.copyOf(after);
    }

    public static ItemSettings of(String input) {
        return new ItemSettings(input, "", JsonValue.EMPTY_JSON_OBJECT, "", Set.of());
    }

    /** @throws InputRejectedException when a field is unknown or has the wrong type */
    public static ItemSettings of(JsonObject document) {
        document.keySet().stream()
                .filter(field -> !NAMES.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw new InputRejectedException("an item has no field '" + field + "'; it has "
                            + String.join(", ", NAMES) + " and " + POSITION);
                });
        try {
            Set<ItemId> after = new LinkedHashSet<>();
            if (document.containsKey("after")) {
                document.getJsonArray("after")
                        .getValuesAs(JsonString.class)
                        .forEach(id -> after.add(ItemId.parse(id.getString())));
            }
            return new ItemSettings(
                    Members.text(document, "input").orElse(""),
                    Members.text(document, "name").orElse(""),
                    Members.object(document, "parameters"),
                    Members.text(document, "comment").orElse(""),
                    after);
        } catch (ClassCastException | IllegalArgumentException e) {
            throw new InputRejectedException(
                    "input, name and comment are texts, parameters is an object, after is a list of item ids: "
                            + document,
                    e);
        }
    }

    /** The same with a merge patch applied. */
    public ItemSettings patched(JsonObject patch) {
        return of(Json.createMergePatch(patch).apply(toJson()).asJsonObject());
    }

    public JsonObject toJson() {
        JsonArrayBuilder ids = Json.createArrayBuilder();
        after.stream().map(ItemId::toString).sorted().forEach(ids::add);
        return Json.createObjectBuilder()
                .add("input", input)
                .add("name", name)
                .add("parameters", parameters)
                .add("comment", comment)
                .add("after", ids)
                .build();
    }
}
