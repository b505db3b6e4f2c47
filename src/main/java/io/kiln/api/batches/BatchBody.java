package io.kiln.api.batches;

import io.kiln.batch.Batch;
import io.kiln.batch.BatchSettings;
import io.kiln.batch.BatchTally;
import io.kiln.pipeline.PipelineName;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * A batch as it is answered.
 *
 * @param output the folder for outputs, absolute; null for the places beside the inputs
 * @param maxDevices how many devices its runs may hold at once; null for as many as there are
 * @param shared whether others change it, too, than who made it and administrators
 * @param createdBy who made it, its owner
 * @param status how far its items are
 * @param submissions how often runs of it were queued
 * @param lastSubmittedAt when that was last, null where it never was
 * @param version the ETag's number
 */
public record BatchBody(
        UUID id,
        String name,
        String pipeline,
        JsonObject parameters,
        String target,
        String output,
        Integer maxDevices,
        boolean shared,
        BatchStatusBody status,
        int submissions,
        Instant lastSubmittedAt,
        String lastSubmittedBy,
        int version,
        String createdBy,
        Instant createdAt) {
    static BatchBody of(Batch batch, BatchSettings settings, BatchTally tally) {
        return new BatchBody(
                batch.id().value(),
                settings.name(),
                settings.pipeline().map(PipelineName::value).orElse(null),
                settings.parameters(),
                settings.target().value(),
                settings.output().orElse(null),
                settings.maxDevices().orElse(null),
                settings.shared(),
                BatchStatusBody.of(tally),
                batch.submissions(),
                batch.lastSubmittedAt().orElse(null),
                batch.lastSubmittedBy().orElse(null),
                batch.version(),
                batch.createdBy(),
                batch.createdAt());
    }
}
