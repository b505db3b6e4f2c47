package io.kiln.run;

import java.util.UUID;

/** Names a batch. */
public record BatchId(UUID value) {
    public static BatchId random() {
        return new BatchId(UUID.randomUUID());
    }

    /** @throws IllegalArgumentException when the text is no UUID */
    public static BatchId parse(String text) {
        return new BatchId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
