package io.kiln.api.parameters;

import io.kiln.batch.ParameterSet;
import io.kiln.pipeline.PipelineName;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * A parameter set as it is answered.
 *
 * @param pipeline that it is for; null for any
 * @param shared whether others see and use it
 * @param owner who alone changes it, beside administrators
 * @param version the ETag's number
 */
public record ParameterSetBody(
        UUID id,
        String name,
        String pipeline,
        JsonObject parameters,
        boolean shared,
        String owner,
        int version,
        Instant changedAt) {
    static ParameterSetBody of(ParameterSet set) {
        return new ParameterSetBody(
                set.id().value(),
                set.content().name(),
                set.content().pipeline().map(PipelineName::value).orElse(null),
                set.content().parameters(),
                set.content().isShared(),
                set.owner(),
                set.version(),
                set.changedAt());
    }
}
