package io.kiln.batch;

import io.kiln.run.ItemId;
import java.util.List;

/** Which items of a batch are meant. */
public sealed interface ItemSelection {
    /** Every item that is not done already. */
    record All() implements ItemSelection {}

    /** The item and those behind it that are not done already. */
    record From(ItemId first) implements ItemSelection {}

    /** These, in the order of the batch. */
    record Only(List<ItemId> items) implements ItemSelection {
        public Only {
            items = List.copyOf(items);
        }
    }
}
