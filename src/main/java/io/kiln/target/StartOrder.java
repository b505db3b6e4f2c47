package io.kiln.target;

import io.kiln.job.Attempt;
import io.kiln.pipeline.PipelineName;
import java.util.Optional;
import java.util.UUID;

/**
 * One claimed run to be started.
 *
 * @param target where it is to be started
 * @param token admits one execution to the attempt
 * @param latestExecution of the run's earlier attempts, to be restarted; empty for the first
 */
public record StartOrder(
        Attempt attempt, PipelineName pipeline, TargetName target, UUID token, Optional<Long> latestExecution) {
    /** What the job is told. It names the attempt: a start that comes too late is known by it, and not taken for somebody's who wants the run again. */
    public Lease lease() {
        return new Lease(attempt.number(), token);
    }
}
