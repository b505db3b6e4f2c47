package io.kiln.job;

import java.util.UUID;

/** Names a run: one pipeline on one item. */
public record RunId(UUID value) {
    public static RunId random() {
        return new RunId(UUID.randomUUID());
    }

    /** @throws IllegalArgumentException when the text is no UUID */
    public static RunId parse(String text) {
        return new RunId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
