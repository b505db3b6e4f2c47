package io.kiln.cli.remote;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done to some items of a batch at once. */
@Command(
        name = "items",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Stop, restart, move or remove some items of a batch at once, or all of them.")
public final class SelectionCommand {
    private static final String BATCH = "Id of the batch.";
    private static final String ITEMS = "Ids of items; all of the batch without any.";

    private static JsonObjectBuilder selected(List<String> items) {
        JsonObjectBuilder body = Json.createObjectBuilder();
        if (items == null) {
            return body.add("items", "all");
        }
        JsonArrayBuilder ids = Json.createArrayBuilder();
        items.forEach(ids::add);
        return body.add("items", ids);
    }

    private static String address(String batch, String action) {
        return BatchCommand.address(batch) + "/selection/" + action;
    }

    @Command(name = "stop", description = "Stop every run of the items that is not over.")
    void stop(
            @Mixin Remote remote,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1..*", paramLabel = "ITEM", description = ITEMS) List<String> items) {
        remote.show(remote.client().post(address(batch, "stop"), selected(items).build()));
    }

    @Command(
            name = "restart",
            description = "Queue the newest runs of the items again where they failed or were stopped.")
    void restart(
            @Mixin Remote remote,
            @Option(names = "--failed", description = "Only those that failed, not those that somebody stopped.")
                    boolean failed,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1..*", paramLabel = "ITEM", description = ITEMS) List<String> items) {
        JsonObjectBuilder body = selected(items);
        if (failed) {
            body.add("states", Json.createArrayBuilder().add("FAILED"));
        }
        remote.show(remote.client().post(address(batch, "restart"), body.build()));
    }

    @Command(
            name = "move",
            description =
                    "Move the items together; they keep their order, and their queued runs change places with them.")
    void move(
            @Mixin Remote remote,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "PLACE",
                            description = "top, end, or by one place up or down.")
                    String to,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "ITEM", description = "Ids of items.")
                    List<String> items) {
        remote.show(remote.client()
                .post(address(batch, "move"), selected(items).add("to", to).build()));
    }

    @Command(
            name = "remove",
            description =
                    "Remove the items, their outputs, or their input files; what goes is shown and asked for first.")
    void remove(
            @Mixin Remote remote,
            @Mixin Confirmation confirmation,
            @Option(names = "--entries", description = "The items with their runs; no file goes with them.")
                    boolean entries,
            @Option(names = "--outputs", description = "What their runs have published.") boolean outputs,
            @Option(names = "--inputs", description = "Their input files.") boolean inputs,
            @Option(names = "--dry-run", description = "Only show what would go.") boolean dryRun,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1..*", paramLabel = "ITEM", description = ITEMS) List<String> items) {
        JsonObject wanted = selected(items)
                .add("entries", entries)
                .add("outputs", outputs)
                .add("inputs", inputs)
                .build();
        JsonObject plan = remote.client()
                .post(
                        address(batch, "remove"),
                        Json.createObjectBuilder(wanted).add("dryRun", true).build());
        if (dryRun) {
            remote.show(plan);
            return;
        }
        confirmation.require(question(plan));
        remote.show(remote.client().post(address(batch, "remove"), wanted));
    }

    private static String question(JsonObject plan) {
        return "Remove " + plan.getInt("entries") + " items, " + files(plan, "outputs", "output") + " and "
                + files(plan, "inputs", "input") + elsewhere(plan.getInt("inputsUsedElsewhere")) + "?";
    }

    private static String elsewhere(int items) {
        return items == 0 ? "" : ", which " + items + " other items have as their input, too";
    }

    private static String files(JsonObject plan, String member, String what) {
        JsonObject amount = plan.getJsonObject(member);
        return amount.getInt("files") + " " + what + " files ("
                + amount.getJsonNumber("bytes").longValue() + " bytes)";
    }
}
