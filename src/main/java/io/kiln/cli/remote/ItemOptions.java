package io.kiln.cli.remote;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What people set of an item beside its input. */
final class ItemOptions {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What people call it; the file's name without its extension where it is not given.")
    private String name;

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            description = "What people note about it; an empty value takes it back.")
    private String comment;

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            description = "A parameter that overrides the batch's; NAME= takes it back. May be repeated.")
    private Map<String, String> parameters = Map.of();

    @Option(
            names = "--after",
            split = ",",
            paramLabel = "ITEM",
            description = "Items of the same batch that it comes after, by id and separated by commas.")
    private List<String> after;

    JsonObject members() {
        JsonObjectBuilder item = Json.createObjectBuilder();
        Members members = new Members(item);
        members.add("name", name);
        members.add("comment", comment);
        if (!parameters.isEmpty()) {
            item.add("parameters", ParameterValues.ofEdit(parameters));
        }
        if (after != null) {
            item.add("after", Json.createArrayBuilder(after));
        }
        return item.build();
    }
}
