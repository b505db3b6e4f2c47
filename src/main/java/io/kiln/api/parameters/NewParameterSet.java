package io.kiln.api.parameters;

import io.kiln.batch.ParameterSet;
import io.kiln.pipeline.PipelineName;
import jakarta.json.JsonObject;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * A parameter set to be kept.
 *
 * @param pipeline that it is for; any where it is absent
 * @param parameters as a batch or an item has them
 * @param shared whether others see and use it; they do not where it is absent
 */
public record NewParameterSet(
        @NotNull String name, String pipeline, @NotNull JsonObject parameters, Boolean shared) {
    ParameterSet.Content content() {
        return new ParameterSet.Content(
                name, Optional.ofNullable(pipeline).map(PipelineName::new), parameters, Boolean.TRUE.equals(shared));
    }
}
