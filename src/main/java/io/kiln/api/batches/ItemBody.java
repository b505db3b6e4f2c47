package io.kiln.api.batches;

import io.kiln.batch.Item;
import io.kiln.batch.ItemMark;
import io.kiln.batch.ItemSettings;
import io.kiln.run.ItemId;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An item as it is answered.
 *
 * @param input absolute
 * @param after items that it comes after
 * @param mark what somebody has said of it who looked at its picture; null where nobody has
 * @param version the ETag's number
 */
public record ItemBody(
        UUID id,
        UUID batch,
        String input,
        String name,
        JsonObject parameters,
        String comment,
        List<UUID> after,
        MarkBody mark,
        int version) {
    static ItemBody of(Item item, ItemSettings settings, Optional<ItemMark> mark) {
        return new ItemBody(
                item.id().value(),
                item.batch().value(),
                settings.input(),
                settings.name(),
                settings.parameters(),
                settings.comment(),
                settings.after().stream().map(ItemId::value).sorted().toList(),
                mark.map(MarkBody::of).orElse(null),
                item.version());
    }
}
