package io.kiln.batch;

import io.kiln.job.RunId;
import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.Pipeline;
import io.kiln.root.DataRootService;
import io.kiln.root.Location;
import io.kiln.run.RunOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns an item and a request into the order of one run: everything resolved, the input identified, the output's place reserved. */
@ApplicationScoped
class OrderWriter {
    private final DataRootService roots;
    private final OutputPlaces places;
    private final OutputNames names;

    /** For the container's proxy only. */
    protected OrderWriter() {
        this(null, null, null);
    }

    @Inject
    OrderWriter(DataRootService roots, OutputPlaces places, OutputNames names) {
        this.roots = roots;
        this.places = places;
        this.names = names;
    }

    /** The whole set: standards, then the batch's, the item's and the request's, each over the ones before. */
    JsonObject parameters(Pipeline pipeline, Batch batch, Item item, QueueRequest request) {
        JsonObject given = ParameterCheck.merge(List.of(
                ParameterCheck.known(pipeline.parameters(), batch.parameters()),
                ParameterCheck.known(pipeline.parameters(), item.parameters()),
                request.parameters()));
        JsonObject resolved = pipeline.parameters().resolve(given);
        JsonObjectBuilder confined = Json.createObjectBuilder(resolved);
        pipeline.parameters()
                .files(resolved)
                .forEach((name, file) -> confined.add(
                        name, roots.path(roots.resolve(Path.of(file))).toString()));
        return confined.build();
    }

    /** Whose value of each parameter it is. */
    private static JsonObject origins(Pipeline pipeline, Batch batch, Item item, QueueRequest request) {
        JsonObjectBuilder origins = Json.createObjectBuilder();
        for (String name : pipeline.parameters().names()) {
            ParameterOrigin origin = ParameterOrigin.of(name, batch, item, request);
            origins.add(name, origin.name());
        }
        return origins.build();
    }

    /**
     * @param parameters resolved
     * @throws InputRejectedException when the input, or a file that a parameter names, is not there
     */
    InputIdentity identity(Item item, Pipeline pipeline, JsonObject parameters) {
        FileIdentity input = identity("input", roots.path(item.input()));
        Map<String, FileIdentity> files = new TreeMap<>();
        pipeline.parameters()
                .files(parameters)
                .forEach((parameter, file) -> files.put(parameter, identity(parameter, Path.of(file))));
        return new InputIdentity(input, files);
    }

    private static FileIdentity identity(String what, Path file) {
        try {
            return FileIdentity.of(file);
        } catch (IOException e) {
            throw new InputRejectedException(
                    "its " + what + " " + file + " cannot be read: no such file, or not allowed", e);
        }
    }

    RunOrder order(
            Pipeline pipeline,
            Batch batch,
            Item item,
            QueueRequest request,
            JsonObject parameters,
            InputIdentity input,
            String who) {
        JsonObject significant = pipeline.parameters().significant(parameters);
        Location folder = places.folder(batch, item);
        OutputName name = pipeline.output(roots.path(item.input()), parameters);
        return new RunOrder(
                RunId.random(),
                batch.id(),
                item.id(),
                pipeline.name(),
                pipeline.isTry(),
                parameters,
                significant,
                origins(pipeline, batch, item, request),
                request.target().orElse(batch.target()),
                request.devices(),
                request.urgent(),
                request.priority(),
                request.notBefore(),
                request.force(),
                item.input(),
                input,
                folder,
                names.reserve(folder, name, item.id(), significant, request.force()),
                who);
    }
}
