package io.kiln.batch;

import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.PipelineName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Every pipeline that this server knows. Immutable once made. */
@ApplicationScoped
public class PipelineCatalogue {
    private final Map<String, Pipeline> pipelines = new TreeMap<>();

    /** For the container's proxy only. */
    protected PipelineCatalogue() {}

    @Inject
    PipelineCatalogue(@Any Instance<Pipeline> known) {
        this(known.stream().toList());
    }

    PipelineCatalogue(Collection<Pipeline> known) {
        known.forEach(pipeline -> pipelines.put(pipeline.name().value(), pipeline));
    }

    /** By name. */
    public Collection<Pipeline> all() {
        return pipelines.values();
    }

    /** @throws UnknownIdException naming those that exist, when there is no such pipeline */
    public Pipeline get(PipelineName name) {
        Pipeline pipeline = pipelines.get(name.value());
        if (pipeline == null) {
            throw new UnknownIdException("pipeline", name + "; known are " + String.join(", ", pipelines.keySet()));
        }
        return pipeline;
    }
}
