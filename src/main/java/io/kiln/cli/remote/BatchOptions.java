package io.kiln.cli.remote;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;
import picocli.CommandLine.Option;

/** What people set of a batch beside its name. */
final class BatchOptions {
    @Option(
            names = "--pipeline",
            paramLabel = "PIPELINE",
            description = "What its runs use where none is named; an empty value takes it back.")
    private String pipeline;

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            description = "A parameter that all items share; NAME= takes it back. May be repeated.")
    private Map<String, String> parameters = Map.of();

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description = "Where its runs execute, such as server; see kiln targets.")
    private String target;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "Folder for outputs; beside the inputs without it. An empty value takes it back.")
    private String output;

    @Option(
            names = "--max-devices",
            paramLabel = "COUNT",
            description =
                    "Most devices that its runs hold at once; as many as there are without it. An empty value takes it back.")
    private String maxDevices;

    @Option(
            names = "--shared",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether other operators change it, too; they do unless it is false.")
    private Boolean shared;

    /** Adds what was given; an empty value is null, which a merge patch takes for the absence of one. */
    void addTo(JsonObjectBuilder batch, Remote remote) {
        Members members = new Members(batch);
        members.add("pipeline", pipeline);
        members.add("target", target);
        members.add("output", output == null || output.isEmpty() ? output : remote.path(output));
        members.addValue("maxDevices", maxDevices);
        if (shared != null) {
            batch.add("shared", shared);
        }
        JsonObject given = ParameterValues.ofEdit(parameters);
        if (!given.equals(JsonValue.EMPTY_JSON_OBJECT)) {
            batch.add("parameters", given);
        }
    }
}
