package io.kiln.api.pipelines;

import io.kiln.pipeline.Pipeline;
import jakarta.json.JsonObject;

/**
 * @param isTry true for a quick look that is preferred to full runs of the same priority
 * @param parameters JSON Schema (draft 2020-12) with types, units, defaults and bounds
 */
public record PipelineView(String name, String description, boolean isTry, JsonObject parameters) {
    static PipelineView of(Pipeline pipeline) {
        return new PipelineView(
                pipeline.name().value(),
                pipeline.description(),
                pipeline.isTry(),
                pipeline.parameters().schema());
    }
}
