package io.kiln.batch;

import io.kiln.run.ItemId;
import io.kiln.run.RunState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An item on a batch's contact sheet.
 *
 * @param key what pages are keyed by: failures first, then doubtful centres, then the others, each in the order of the batch
 * @param newest its newest run
 * @param picture its newest run that has published something to look at
 * @param centre of rotation that was used, in pixels of the whole detector, and how sure it is
 */
public record SheetEntry(
        long key,
        ItemId item,
        String name,
        Optional<ItemMark> mark,
        Optional<Newest> newest,
        Optional<Picture> picture,
        Optional<Centre> centre) {
    /** @param reason why it is in its state; null where there is none */
    public record Newest(UUID run, String pipeline, RunState state, String reason) {}

    public record Picture(UUID run, String pipeline, boolean isTry, Instant completedAt) {}

    /**
     * @param confidence high, medium or low; null where the column was given by a person
     * @param reason why the confidence is what it is
     */
    public record Centre(double column, String confidence, String reason) {}
}
