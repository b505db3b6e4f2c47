package io.kiln.cli.remote;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What is queued, and how. */
final class OrderOptions {
    @Option(
            names = "--pipeline",
            paramLabel = "PIPELINE",
            description = "What is done to the items; the batch's without it.")
    private String pipeline;

    @Option(
            names = "--items",
            split = ",",
            paramLabel = "ITEM",
            description = "Only these items, by id and separated by commas; all without it.")
    private List<String> items;

    @Option(names = "--from", paramLabel = "ITEM", description = "This item and those behind it.")
    private String from;

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            description = "A parameter that overrides the items'. May be repeated.")
    private Map<String, String> parameters;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description = "Where the runs execute; the batch's without it. See kiln targets.")
    private String target;

    @Option(
            names = "--devices",
            paramLabel = "COUNT",
            description = "Devices of each run: a number, or all; 1 without it.")
    private String devices;

    @Option(
            names = "--not-before",
            paramLabel = "TIME",
            description = "When the runs may start at the earliest, such as 2026-11-20T18:30:00Z.")
    private String notBefore;

    @Option(
            names = "--priority",
            paramLabel = "NUMBER",
            description =
                    "Higher goes first, 0 without it; or urgent: before all others, and on their devices if need be.")
    private String priority;

    @Option(
            names = "--force",
            description =
                    "Repeat what is done, and replace results of other parameters and outputs that Kiln did not make.")
    private boolean force;

    @Option(names = "--dry-run", description = "Only say what would be queued.")
    private boolean dryRun;

    boolean isDryRun() {
        return dryRun;
    }

    JsonObject order() {
        JsonObjectBuilder order = Json.createObjectBuilder()
                .add("parameters", ParameterValues.of(parameters))
                .add("force", force)
                .add("dryRun", dryRun);
        if (items != null) {
            order.add("items", Json.createArrayBuilder(items));
        }
        Members members = new Members(order);
        members.add("pipeline", pipeline);
        members.add("from", from);
        members.add("target", target);
        members.add("notBefore", notBefore);
        members.addValue("priority", priority);
        members.addValue("devices", devices);
        return order.build();
    }
}
