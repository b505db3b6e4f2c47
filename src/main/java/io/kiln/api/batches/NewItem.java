package io.kiln.api.batches;

import io.kiln.batch.ItemSettings;
import io.kiln.run.ItemId;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An item to be added.
 *
 * @param input path of its file, in a data root
 * @param name what people call it; the file's name without its extension where it is absent
 * @param parameters that override the batch's
 * @param after items of the same batch that it comes after
 */
public record NewItem(@NotNull String input, String name, JsonObject parameters, String comment, List<UUID> after) {
    ItemSettings settings() {
        Set<ItemId> earlier =
                after == null ? Set.of() : after.stream().map(ItemId::new).collect(Collectors.toUnmodifiableSet());
        return new ItemSettings(
                input,
                Objects.requireNonNullElse(name, ""),
                Objects.requireNonNullElse(parameters, JsonValue.EMPTY_JSON_OBJECT),
                Objects.requireNonNullElse(comment, ""),
                earlier);
    }
}
