package io.kiln.run;

import java.util.UUID;

/** Names an item. */
public record ItemId(UUID value) {
    public static ItemId random() {
        return new ItemId(UUID.randomUUID());
    }

    /** @throws IllegalArgumentException when the text is no UUID */
    public static ItemId parse(String text) {
        return new ItemId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
