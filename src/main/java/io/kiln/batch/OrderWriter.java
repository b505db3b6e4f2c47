package io.kiln.batch;

import io.kiln.job.RunId;
import io.kiln.persistence.JsonColumn;
import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.FileKind;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.InvalidParametersException;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.ParameterProblem;
import io.kiln.pipeline.ParameterRecord;
import io.kiln.root.DataRoots;
import io.kiln.root.Location;
import io.kiln.root.OutsideRootsException;
import io.kiln.run.ItemId;
import io.kiln.run.RunOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns items and a request into the orders of runs: everything resolved, the inputs identified, the places of outputs reserved. */
@ApplicationScoped
class OrderWriter {
    private final OutputPlaces places;
    private final OutputNames names;

    /** For the container's proxy only. */
    protected OrderWriter() {
        this(null, null);
    }

    @Inject
    OrderWriter(OutputPlaces places, OutputNames names) {
        this.places = places;
        this.names = names;
    }

    /**
     * The whole set: standards, then the batch's, the item's and the request's, each over the ones before.
     *
     * @param present the roots that files of parameters lie in
     * @throws io.kiln.pipeline.InvalidParametersException with every problem, also when a parameter names a file in no data root
     */
    JsonObject parameters(Submission submission, Item item, DataRoots present) {
        ParameterRecord<?> parameters = submission.pipeline().parameters();
        JsonObject given = ParameterCheck.merge(List.of(
                ParameterCheck.known(parameters, submission.batch().parameters()),
                ParameterCheck.known(parameters, item.parameters()),
                submission.request().parameters()));
        JsonObject resolved = parameters.resolve(given);
        JsonObjectBuilder confined = Json.createObjectBuilder(resolved);
        List<ParameterProblem> problems = new ArrayList<>();
        parameters.files(resolved).forEach((name, file) -> {
            try {
                confined.add(name, present.path(present.resolve(Path.of(file))).toString());
            } catch (OutsideRootsException e) {
                problems.add(new ParameterProblem(name, name + ": " + e.getMessage()));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidParametersException(problems);
        }
        return confined.build();
    }

    /**
     * What a run of the item would do.
     *
     * @param parameters resolved
     * @param present the roots that its input lies in
     * @throws InputRejectedException when the input, or a file that a parameter names, is not there, or is no file
     */
    Draft draft(Submission submission, Item item, JsonObject parameters, DataRoots present) {
        ParameterRecord<?> declared = submission.pipeline().parameters();
        return new Draft(
                item,
                parameters,
                declared.significant(parameters),
                identity(present.path(item.input()), declared.files(parameters)));
    }

    /** Whose value of each parameter it is. */
    private static JsonObject origins(Submission submission, Item item) {
        JsonObjectBuilder origins = Json.createObjectBuilder();
        for (String name : submission.pipeline().parameters().names()) {
            ParameterOrigin origin = ParameterOrigin.of(name, submission.batch(), item, submission.request());
            origins.add(name, origin.name());
        }
        return origins.build();
    }

    /** @param named by parameters */
    private static InputIdentity identity(Path file, Map<String, String> named) {
        FileIdentity input = identity("input", file);
        Map<String, FileIdentity> files = new TreeMap<>();
        named.forEach((parameter, path) -> files.put(parameter, identity(parameter, Path.of(path))));
        return new InputIdentity(input, files);
    }

    private static FileIdentity identity(String what, Path file) {
        FileKind.inPlaceOfFile(file).ifPresent(other -> {
            throw new InputRejectedException("its " + what + " " + file + " is " + other + ", not a file");
        });
        try {
            return FileIdentity.of(file);
        } catch (IOException e) {
            throw new InputRejectedException(
                    "its " + what + " " + file + " cannot be read: no such file, or not allowed", e);
        }
    }

    /**
     * The orders of these drafts, each with a place for its output.
     *
     * @param present the roots that inputs and outputs lie in
     */
    List<RunOrder> orders(Submission submission, List<Draft> drafts, DataRoots present) {
        Map<Location, Location> looked = new HashMap<>();
        Map<ItemId, WantedOutput> wanted = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            Location folder = looked.computeIfAbsent(
                    OutputPlaces.beside(draft.item().input()),
                    beside -> places.folder(submission.batch(), beside, present));
            OutputName name =
                    submission.pipeline().output(present.path(draft.item().input()), draft.parameters());
            wanted.put(
                    draft.id(),
                    new WantedOutput(
                            draft.id(),
                            draft.item().input(),
                            folder,
                            name,
                            JsonColumn.comparable(draft.significant())));
        }
        Map<ItemId, OutputName> reserved = names.reserve(
                List.copyOf(wanted.values()), present, submission.request().force());
        return drafts.stream()
                .map(draft -> order(submission, draft, wanted.get(draft.id()).folder(), reserved.get(draft.id())))
                .toList();
    }

    private static RunOrder order(Submission submission, Draft draft, Location folder, OutputName output) {
        QueueRequest request = submission.request();
        return new RunOrder(
                RunId.random(),
                submission.batch().id(),
                draft.id(),
                submission.pipeline().name(),
                submission.pipeline().isTry(),
                draft.parameters(),
                draft.significant(),
                origins(submission, draft.item()),
                request.target().orElse(submission.batch().target()),
                request.devices(),
                request.urgent(),
                request.priority(),
                request.notBefore(),
                request.force(),
                draft.item().input(),
                draft.input(),
                folder,
                output,
                submission.who());
    }
}
