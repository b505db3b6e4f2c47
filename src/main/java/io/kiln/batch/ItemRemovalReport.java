package io.kiln.batch;

import io.kiln.run.ItemId;
import java.nio.file.Path;
import java.util.List;

/**
 * What was removed, or would be.
 *
 * @param entries how many items
 * @param outputs files that runs have published
 * @param inputs input files
 * @param inputsUsedElsewhere how many other items, of this batch or others, have one of these inputs
 * @param leftOut items of the selection that nothing is removed of, and why
 * @param failures files that could not be deleted
 */
public record ItemRemovalReport(
        int entries,
        Amount outputs,
        Amount inputs,
        int inputsUsedElsewhere,
        List<QueuePlan.LeftOut> leftOut,
        List<Failure> failures) {
    /** So many files of so many bytes together. */
    public record Amount(int files, long bytes) {
        static final Amount NONE = new Amount(0, 0);

        Amount plus(Amount other) {
            return new Amount(files + other.files, bytes + other.bytes);
        }
    }

    /** A file that is still there, and why. */
    public record Failure(ItemId item, String itemName, Path file, String reason) {}
}
