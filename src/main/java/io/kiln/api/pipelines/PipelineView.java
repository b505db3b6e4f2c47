package io.kiln.api.pipelines;

import io.kiln.pipeline.Pipeline;
import jakarta.json.JsonObject;

/**
 * @param isTry true for a quick look that is preferred to full runs of the same priority
 * @param parameters JSON Schema (draft 2020-12) with types, units, defaults and bounds; for forms each parameter has a title, x-group (the heading that it
 *     stands under), x-file (true where it names an input file) and x-effect (false where it changes nothing of this pipeline's result)
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
