package io.kiln.root;

import java.util.UUID;

/** Names a data root. */
public record RootId(UUID value) {
    /** @throws IllegalArgumentException when the text is no UUID */
    public static RootId parse(String text) {
        return new RootId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
