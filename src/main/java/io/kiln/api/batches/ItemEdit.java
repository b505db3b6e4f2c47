package io.kiln.api.batches;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The members that a merge patch of an item may have.
 *
 * @param position place in the batch from 0; beyond the end means last
 */
public record ItemEdit(
        String input,
        String name,
        JsonObject parameters,
        String comment,
        List<UUID> after,

        @Schema(description = "place in the batch from 0; beyond the end means last; no item's 'position'")
        Integer position) {}
