package io.kiln.api.parameters;

import io.kiln.batch.ParameterSet;
import io.kiln.pipeline.PipelineName;
import jakarta.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * What changes of a parameter set; what is absent stays.
 *
 * @param parameters in the place of all that it had
 */
public record ParameterSetEdit(String name, String pipeline, JsonObject parameters, Boolean shared) {
    ParameterSet.Content of(ParameterSet.Content present) {
        return new ParameterSet.Content(
                Objects.requireNonNullElse(name, present.name()),
                Optional.ofNullable(pipeline).map(PipelineName::new).or(present::pipeline),
                Objects.requireNonNullElse(parameters, present.parameters()),
                Objects.requireNonNullElse(shared, present.isShared()));
    }
}
