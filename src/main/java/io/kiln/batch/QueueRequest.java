package io.kiln.batch;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.PipelineName;
import io.kiln.target.TargetName;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody wants to have run.
 *
 * @param pipeline empty for the batch's
 * @param parameters that override the items'
 * @param target empty for the batch's
 * @param devices how many devices each run gets; 0 means all of a node
 * @param notBefore when the runs may start at the earliest
 * @param urgent whether the runs go before all that are not, and may take their devices
 * @param priority higher goes first
 * @param force runs what is done already, and replaces results of other parameters and outputs that Kiln did not make
 * @param dryRun answers the plan and stores nothing
 */
public record QueueRequest(
        Optional<PipelineName> pipeline,
        ItemSelection items,
        JsonObject parameters,
        Optional<TargetName> target,
        int devices,
        Optional<Instant> notBefore,
        boolean urgent,
        int priority,
        boolean force,
        boolean dryRun) {
    public QueueRequest {
        if (devices < 0) {
            throw new InputRejectedException("devices is " + devices + ", but must be at least 1, or \"all\"");
        }
    }
}
