package io.kiln.api.batches;

import io.kiln.batch.SheetEntry;
import io.kiln.run.RunState;
import java.time.Instant;
import java.util.UUID;

/**
 * An item on a batch's contact sheet, as it is answered.
 *
 * @param mark what somebody has said of it; null where nobody has
 * @param run its newest run; null where there is none
 * @param reason why that run is in its state
 * @param picture its newest run that has published something to look at; null where there is none
 * @param isTry whether the picture is one of a try
 * @param centre of rotation in pixels of the whole detector; null where it is not known yet
 * @param confidence high, medium or low; null where a person gave the centre
 */
public record SheetBody(
        UUID item,
        String name,
        MarkBody mark,
        UUID run,
        String pipeline,
        RunState state,
        String reason,
        UUID picture,
        boolean isTry,
        Instant completedAt,
        Double centre,
        String confidence,
        String confidenceReason) {
    static SheetBody of(SheetEntry entry) {
        SheetEntry.Newest newest = entry.newest().orElse(new SheetEntry.Newest(null, null, null, null));
        SheetEntry.Picture picture = entry.picture().orElse(new SheetEntry.Picture(null, null, false, null));
        return new SheetBody(
                entry.item().value(),
                entry.name(),
                entry.mark().map(MarkBody::of).orElse(null),
                newest.run(),
                newest.pipeline(),
                newest.state(),
                newest.reason(),
                picture.run(),
                picture.isTry(),
                picture.completedAt(),
                entry.centre().map(SheetEntry.Centre::column).orElse(null),
                entry.centre().map(SheetEntry.Centre::confidence).orElse(null),
                entry.centre().map(SheetEntry.Centre::reason).orElse(null));
    }
}
