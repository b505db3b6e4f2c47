package io.kiln.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every pipeline of this deployment, by its name. */
@ApplicationScoped
public class Pipelines {
    @Inject
    @Any
    private Instance<Pipeline> pipelines;

    /** All, by name. */
    public List<Pipeline> all() {
        return pipelines.stream()
                .sorted(Comparator.comparing(pipeline -> pipeline.name().value()))
                .toList();
    }

    public Optional<Pipeline> find(PipelineName name) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.name().equals(name))
                .findFirst();
    }

    /** @throws IllegalArgumentException when there is none of this name */
    public Pipeline get(PipelineName name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no pipeline '" + name + "'; there are "
                        + all().stream().map(Pipeline::name).toList()));
    }
}
