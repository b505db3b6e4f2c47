package io.kiln.batch;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.PipelineName;
import io.kiln.target.TargetName;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * What people set of a batch. An edit is a JSON merge patch (RFC 7396) of its document.
 *
 * @param pipeline that its runs use where a request names none
 * @param parameters shared by its items
 * @param output folder for outputs, empty for the places beside the inputs
 * @param maxDevices how many devices its runs may hold at once, at least 1; empty for as many as there are
 * @param shared whether others change it, too, than who made it and administrators
 */
public record BatchSettings(
        String name,
        Optional<PipelineName> pipeline,
        JsonObject parameters,
        TargetName target,
        Optional<String> output,
        Optional<Integer> maxDevices,
        boolean shared) {
    private static final List<String> NAMES =
            List.of("name", "pipeline", "parameters", "target", "output", "maxDevices", "shared");

    public BatchSettings {
        if (name.isBlank() || name.length() > 200) {
            throw new InputRejectedException("a batch needs a name of 1 to 200 characters");
        }
        maxDevices.filter(most -> most < 1).ifPresent(most -> {
            throw new InputRejectedException(
                    "maxDevices is " + most + ", but must be at least 1; leave it out for as many as there are");
        });
    }

    /** A batch that goes by the standards. */
    public static BatchSettings named(String name) {
        return new BatchSettings(
                name,
                Optional.empty(),
                JsonValue.EMPTY_JSON_OBJECT,
                TargetName.STANDARD,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /** @throws InputRejectedException when a field is unknown or has the wrong type */
    public static BatchSettings of(JsonObject document) {
        document.keySet().stream()
                .filter(field -> !NAMES.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw new InputRejectedException("a batch has no field '" + field + "'; it has " + NAMES);
                });
        try {
            return new BatchSettings(
                    Members.text(document, "name").orElse(""),
                    Members.text(document, "pipeline").map(PipelineName::new),
                    Members.object(document, "parameters"),
                    Members.text(document, "target").map(TargetName::new).orElse(TargetName.STANDARD),
                    Members.text(document, "output"),
                    Members.whole(document, "maxDevices"),
                    Members.flag(document, "shared").orElse(true));
        } catch (ClassCastException | ArithmeticException e) {
            throw new InputRejectedException(
                    "name, pipeline, target and output are texts, parameters is an object, maxDevices is a whole number, shared is true or false: "
                            + document,
                    e);
        }
    }

    /**
     * The same with a merge patch applied.
     *
     * @throws InputRejectedException also when it takes {@code shared} back to its standard: nobody would expect that to open a private batch to others
     */
    public BatchSettings patched(JsonObject patch) {
        if (patch.get("shared") == JsonValue.NULL) {
            throw new InputRejectedException(
                    "shared is null, but must be true or false; leave it out to keep it as it is");
        }
        return of(Json.createMergePatch(patch).apply(toJson()).asJsonObject());
    }

    public JsonObject toJson() {
        JsonObjectBuilder document = Json.createObjectBuilder().add("name", name);
        pipeline.ifPresent(value -> document.add("pipeline", value.value()));
        document.add("parameters", parameters).add("target", target.value());
        output.ifPresent(value -> document.add("output", value));
        maxDevices.ifPresent(value -> document.add("maxDevices", value));
        document.add("shared", shared);
        return document.build();
    }
}
