package io.kiln.api.batches;

import io.kiln.batch.FoundOutput;
import io.kiln.batch.Item;
import io.kiln.batch.ItemSettings;
import io.kiln.batch.ItemTable;
import io.kiln.root.Location;
import io.kiln.run.ItemId;
import io.kiln.run.RunBrief;
import io.kiln.run.RunState;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An item in the list of its batch: what people set of it, and what became of it.
 *
 * @param position what orders the items: ascending, with gaps; an edit takes the place from 0 instead
 * @param input absolute
 * @param inputMissing whether the input was gone when it was last looked for
 * @param after items that it comes after
 * @param mark what somebody has said of it who looked at its picture; null where nobody has
 * @param version what an edit names in If-Match
 * @param state of its newest run, null where it was never queued
 * @param lastTry its newest look at a range of centres, null where there is none
 * @param lastFull its newest full run, null where there is none
 * @param found outputs that another program has left for it
 */
public record ItemRow(
        UUID id,
        UUID batch,

        @Schema(description = "orders the items: ascending, with gaps; an edit takes the place from 0 instead")
        long position,

        String input,
        boolean inputMissing,
        String name,
        JsonObject parameters,
        String comment,
        List<UUID> after,
        MarkBody mark,
        int version,
        RunState state,
        BriefRunBody lastTry,
        BriefRunBody lastFull,
        List<FoundBody> found) {
    /**
     * @param kind {@code try} or {@code full}
     * @param by which program
     * @param output the folder, absolute
     * @param files how many images it has
     */
    public record FoundBody(String kind, String by, String output, int files, Instant modified) {
        static FoundBody of(FoundOutput found, String output) {
            return new FoundBody(found.isTry() ? "try" : "full", "tomocupy", output, found.files(), found.modified());
        }
    }

    static ItemRow of(ItemTable.Row row, ItemSettings settings, Function<Location, String> path) {
        Item item = row.item();
        return new ItemRow(
                item.id().value(),
                item.batch().value(),
                item.position(),
                settings.input(),
                item.isInputMissing(),
                settings.name(),
                settings.parameters(),
                settings.comment(),
                settings.after().stream().map(ItemId::value).sorted().toList(),
                row.mark().map(MarkBody::of).orElse(null),
                item.version(),
                row.runs().newest().map(RunBrief::state).orElse(null),
                row.runs().lastTry().map(BriefRunBody::of).orElse(null),
                row.runs().lastFull().map(BriefRunBody::of).orElse(null),
                row.found().stream()
                        .map(found -> FoundBody.of(found, path.apply(found.place())))
                        .toList());
    }
}
