package io.kiln.api.parameters;

import io.kiln.api.openapi.Choices;
import jakarta.json.JsonValue;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Items that get the parameters of a set.
 *
 * @param items {@code "all"} or a list of item ids; all where it is absent
 * @param from the first of the items; those behind it follow
 * @param replace whether the items forget what they had; where it is absent or false, the set's parameters go over theirs
 */
public record SetUse(
        @NotNull UUID batch, @Schema(ref = Choices.ITEMS) JsonValue items, UUID from, Boolean replace) {}
