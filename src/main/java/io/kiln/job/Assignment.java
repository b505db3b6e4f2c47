package io.kiln.job;

import io.kiln.device.DeviceId;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.PipelineName;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/**
 * What a job is to do: the run's snapshot, as claimed.
 *
 * @param input the item's file, absolute
 * @param inputIdentity what the input was when the run was queued
 * @param parameters resolved
 * @param devices the leased devices; one lane each
 * @param facts kept with the result: item, batch, who asked, when queued; {@code kiln}, where there is one, marks the work folder as its own
 */
public record Assignment(
        Attempt attempt,
        PipelineName pipeline,
        Path input,
        InputIdentity inputIdentity,
        JsonObject parameters,
        List<DeviceId> devices,
        Placement placement,
        JsonObject facts) {}
