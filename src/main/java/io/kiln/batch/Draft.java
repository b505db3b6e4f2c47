package io.kiln.batch;

import io.kiln.pipeline.InputIdentity;
import io.kiln.run.ItemId;
import jakarta.json.JsonObject;

/**
 * What a run of an item would do.
 *
 * @param parameters resolved
 * @param significant the part of them that determines the numbers of the result
 */
record Draft(Item item, JsonObject parameters, JsonObject significant, InputIdentity input) {
    ItemId id() {
        return item.id();
    }
}
