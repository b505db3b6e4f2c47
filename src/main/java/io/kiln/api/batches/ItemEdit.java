package io.kiln.api.batches;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.UUID;

/**
 * The members that a merge patch of an item may have.
 *
 * @param position place in the batch from 0; beyond the end means last
 */
public record ItemEdit(
        String input, String name, JsonObject parameters, String comment, List<UUID> after, Integer position) {}
