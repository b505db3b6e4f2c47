package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.PipelineName;
import io.kiln.root.Location;
import io.kiln.target.TargetName;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that is decided when a run is queued.
 *
 * @param parameters resolved
 * @param significant the part of them that determines the numbers of the result
 * @param origins by a parameter's name, who gave its value: DEFAULT, BATCH, ITEM or REQUEST
 * @param devices how many devices it wants; 0 means all of a node
 * @param urgent whether it goes before all that are not, and may take their devices
 * @param priority higher goes first
 * @param notBefore when it may start at the earliest
 */
public record RunOrder(
        RunId id,
        BatchId batch,
        ItemId item,
        PipelineName pipeline,
        boolean isTry,
        JsonObject parameters,
        JsonObject significant,
        JsonObject origins,
        TargetName target,
        int devices,
        boolean urgent,
        int priority,
        Optional<Instant> notBefore,
        boolean force,
        Location input,
        InputIdentity inputIdentity,
        Location outputFolder,
        OutputName output,
        String queuedBy) {}
