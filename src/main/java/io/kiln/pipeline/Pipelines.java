package io.kiln.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every pipeline of this deployment, by its name. */
@ApplicationScoped
public class Pipelines {
    private final List<Pipeline> pipelines;

    /** For the container's proxy only. */
    protected Pipelines() {
        this(List.of());
    }

    @Inject
    Pipelines(@Any Instance<Pipeline> known) {
        this(known.stream().toList());
    }

    public Pipelines(List<Pipeline> known) {
        pipelines = known.stream()
                .sorted(Comparator.comparing(pipeline -> pipeline.name().value()))
                .toList();
    }

    /** All, by name. */
    public List<Pipeline> all() {
        return pipelines;
    }

    /** The names of all, for messages. */
    public String names() {
        return all().stream().map(pipeline -> pipeline.name().value()).collect(Collectors.joining(", "));
    }

    public Optional<Pipeline> find(PipelineName name) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.name().equals(name))
                .findFirst();
    }

    /** @throws InputRejectedException when there is none of this name */
    public Pipeline get(PipelineName name) {
        return find(name)
                .orElseThrow(
                        () -> new InputRejectedException("there is no pipeline '" + name + "'; known are " + names()));
    }
}
