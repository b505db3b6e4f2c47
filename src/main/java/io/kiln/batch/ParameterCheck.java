package io.kiln.batch;

import io.kiln.pipeline.FileKind;
import io.kiln.pipeline.InvalidParametersException;
import io.kiln.pipeline.ParameterProblem;
import io.kiln.pipeline.ParameterRecord;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.PipelineName;
import io.kiln.pipeline.Pipelines;
import io.kiln.root.DataRoots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks parameters when they are given. A batch may be tried with one pipeline and reconstructed with another, so a name is fine if any pipeline knows
 * it; its value must please every pipeline that does.
 */
@ApplicationScoped
public class ParameterCheck {
    private final Pipelines pipelines;

    /** For the container's proxy only. */
    protected ParameterCheck() {
        this(null);
    }

    @Inject
    public ParameterCheck(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    /**
     * @param pipeline that the batch names; its parameters are the ones an error lists
     * @param present the roots that files of parameters lie in
     * @throws io.kiln.pipeline.InputRejectedException when there is no such pipeline
     * @throws InvalidParametersException with every problem
     */
    public void check(Optional<PipelineName> pipeline, JsonObject given, DataRoots present) {
        pipeline.ifPresent(pipelines::get);
        Collection<Pipeline> all = pipelines.all();
        Set<ParameterProblem> problems = new LinkedHashSet<>();
        for (String name : given.keySet()) {
            if (all.stream().noneMatch(one -> one.parameters().names().contains(name))) {
                problems.add(unknown(pipeline, name));
            }
        }
        for (Pipeline one : all) {
            problems.addAll(one.parameters().problems(known(one.parameters(), given)));
            one.parameters()
                    .files(given)
                    .forEach((name, file) -> fileProblem(name, file, present).ifPresent(problems::add));
        }
        if (!problems.isEmpty()) {
            throw new InvalidParametersException(new ArrayList<>(problems));
        }
    }

    /** A file that is not there yet may still come; what is there and is no file will not become one. */
    private static Optional<ParameterProblem> fileProblem(String name, String file, DataRoots present) {
        return present.find(Path.of(file))
                .flatMap(place -> FileKind.inPlaceOfFile(present.path(place)))
                .map(other -> new ParameterProblem(
                        name, name + " is '" + file + "', but that is " + other + ", not a file; name a file"));
    }

    /** Later sets win over earlier ones. */
    public static JsonObject merge(List<JsonObject> sets) {
        JsonObjectBuilder merged = Json.createObjectBuilder();
        sets.forEach(set -> set.forEach(merged::add));
        return merged.build();
    }

    /** The part of a set that the pipeline knows. */
    public static JsonObject known(ParameterRecord<?> parameters, JsonObject given) {
        JsonObjectBuilder part = Json.createObjectBuilder();
        given.forEach((name, value) -> {
            if (parameters.names().contains(name)) {
                part.add(name, value);
            }
        });
        return part.build();
    }

    private ParameterProblem unknown(Optional<PipelineName> pipeline, String name) {
        Set<String> names = new LinkedHashSet<>();
        pipeline.map(pipelines::get)
                .map(List::of)
                .orElseGet(() -> List.copyOf(pipelines.all()))
                .forEach(one -> names.addAll(one.parameters().names()));
        return new ParameterProblem(name, "unknown parameter '" + name + "'; known are " + String.join(", ", names));
    }
}
