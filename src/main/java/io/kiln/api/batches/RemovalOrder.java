package io.kiln.api.batches;

import io.kiln.api.openapi.Choices;
import io.kiln.batch.ItemRemovalReport;
import io.kiln.batch.ItemRemovalRequest;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is to be removed: three different things, one or some of them.
 *
 * @param items {@code "all"} or a list of item ids
 * @param entries the items with their runs; no file goes with them
 * @param outputs the files that their runs have published
 * @param inputs their input files
 * @param dryRun answer what would go, and change nothing
 */
public record RemovalOrder(
        @Schema(ref = Choices.ITEMS, required = true) JsonValue items,
        Boolean entries,
        Boolean outputs,
        Boolean inputs,
        Boolean dryRun) {
    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }

    ItemRemovalRequest request() {
        return new ItemRemovalRequest(
                ItemsMember.required(items),
                Boolean.TRUE.equals(entries),
                Boolean.TRUE.equals(outputs),
                Boolean.TRUE.equals(inputs));
    }

    /**
     * What was, or in a dry run would be, removed.
     *
     * @param entries how many items
     * @param inputsUsedElsewhere in a dry run: how many other items, of this batch or others, have one of these inputs
     * @param leftOut items that nothing, or not all, is removed of, and why
     * @param failures files that could not be deleted; their items stay
     */
    public record Removed(
            int entries,
            Amount outputs,
            Amount inputs,
            int inputsUsedElsewhere,
            List<QueueOrder.LeftOutItem> leftOut,
            List<Failure> failures) {
        static Removed of(ItemRemovalReport report) {
            return new Removed(
                    report.entries(),
                    Amount.of(report.outputs()),
                    Amount.of(report.inputs()),
                    report.inputsUsedElsewhere(),
                    report.leftOut().stream()
                            .map(one -> new QueueOrder.LeftOutItem(one.item().value(), one.itemName(), one.reason()))
                            .toList(),
                    report.failures().stream()
                            .map(one -> new Failure(
                                    one.item().value(),
                                    one.itemName(),
                                    one.file().toString(),
                                    one.reason()))
                            .toList());
        }
    }

    /** So many files of so many bytes together. */
    public record Amount(int files, long bytes) {
        static Amount of(ItemRemovalReport.Amount amount) {
            return new Amount(amount.files(), amount.bytes());
        }
    }

    /** A file that is still there, and why. */
    public record Failure(UUID item, String itemName, String path, String reason) {}
}
