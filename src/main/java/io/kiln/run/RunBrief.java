package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.pipeline.PipelineName;
import java.time.Instant;
import java.util.Optional;

/**
 * What a table of items shows of a run.
 *
 * @param sequence grows with every run that is queued
 * @param reason why it is in its state; a queued run always has one
 * @param progress empty before its input was inspected
 * @param skipped units that could not be read
 * @param incomplete true where the output holds units that could not be read
 * @param stalled true while it settles nothing for longer than its own pace explains
 */
public record RunBrief(
        RunId id,
        ItemId item,
        PipelineName pipeline,
        boolean isTry,
        long sequence,
        RunState state,
        Optional<String> reason,
        Optional<Progress> progress,
        int skipped,
        boolean incomplete,
        boolean stalled,
        Instant queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {}
