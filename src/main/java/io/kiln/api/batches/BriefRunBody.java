package io.kiln.api.batches;

import io.kiln.api.runs.RunBody;
import io.kiln.run.RunBrief;
import io.kiln.run.RunState;
import java.time.Instant;
import java.util.UUID;

/**
 * A run in the list of its batch's items; {@code GET /api/runs/{id}} says the rest.
 *
 * @param reason why it is in its state; a queued run always has one
 * @param progress null before the input was inspected
 * @param skipped units that could not be read
 * @param incomplete true where the output holds units that could not be read
 * @param stalled true while it settles nothing for longer than its own pace explains
 */
public record BriefRunBody(
        UUID id,
        String pipeline,
        RunState state,
        String reason,
        RunBody.ProgressBody progress,
        int skipped,
        boolean incomplete,
        boolean stalled,
        Instant queuedAt,
        Instant startedAt,
        Instant endedAt) {
    static BriefRunBody of(RunBrief run) {
        return new BriefRunBody(
                run.id().value(),
                run.pipeline().value(),
                run.state(),
                run.reason().orElse(null),
                run.progress().map(RunBody.ProgressBody::of).orElse(null),
                run.skipped(),
                run.incomplete(),
                run.stalled(),
                run.queuedAt(),
                run.startedAt().orElse(null),
                run.endedAt().orElse(null));
    }
}
