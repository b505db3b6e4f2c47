package io.kiln.api.batches;

import io.kiln.batch.BatchTally;
import io.kiln.run.RunState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far a batch is.
 *
 * @param sentence one line for people
 * @param items of the batch
 * @param notQueued items that have no run yet
 */
@Schema(
        description =
                "How many items of the batch are in which state: each item counts once, with its newest run, whatever the pipeline. A skipped run counts"
                        + " only where an item has no other, for it changed nothing. In the sentence, Completed counts skipped ones too, Running those that publish;"
                        + " Failed, Stopped and Not queued follow where there are some.")
public record BatchStatusBody(
        @Schema(examples = "Completed 4/20 | Running: 4 | Queue: 12")
        String sentence,

        int items,
        int notQueued,
        int queued,
        int running,
        int publishing,
        int completed,
        int failed,
        int stopped,
        int skipped) {
    /** The same as JSON says it everywhere. */
    public static BatchStatusBody of(BatchTally tally) {
        return new BatchStatusBody(
                tally.sentence(),
                tally.items(),
                tally.notQueued(),
                tally.in(RunState.QUEUED),
                tally.in(RunState.RUNNING),
                tally.in(RunState.PUBLISHING),
                tally.in(RunState.COMPLETED),
                tally.in(RunState.FAILED),
                tally.in(RunState.STOPPED),
                tally.in(RunState.SKIPPED));
    }
}
