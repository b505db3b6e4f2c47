package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The items of a batch. */
@Command(
        name = "item",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Add, edit, move and remove the items of a batch, while it runs, too.")
public final class ItemCommand {
    private static final String BATCH = "Id of the batch.";
    private static final String ITEM = "Id of the item.";

    private static String address(String batch) {
        return BatchCommand.address(batch) + "/items";
    }

    private static String address(String batch, String item) {
        return address(batch) + "/" + KilnClient.encoded(item);
    }

    /** @param shared members that all of them have */
    static JsonArrayBuilder items(Remote remote, List<String> inputs, JsonObject shared) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        inputs.forEach(input -> items.add(Json.createObjectBuilder(shared).add("input", remote.path(input))));
        return items;
    }

    @Command(name = "list", description = "List the items of a batch in their order.")
    void list(
            @Mixin Remote remote,
            @Mixin PageOptions page,
            @Parameters(paramLabel = "BATCH", description = BATCH) String batch) {
        remote.list(
                remote.client().get(address(batch), page.query()),
                "id",
                "name",
                "input",
                "parameters",
                "comment",
                "version");
    }

    @Command(name = "show", description = "Show an item.")
    void show(
            @Mixin Remote remote,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1", paramLabel = "ITEM", description = ITEM) String item) {
        remote.show(remote.client().get(address(batch, item)));
    }

    @Command(name = "add", description = "Add items at the end of a batch, all or none.")
    void add(
            @Mixin Remote remote,
            @Mixin ItemOptions settings,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "INPUT", description = "Files, in data roots.")
                    List<String> inputs) {
        JsonObject wanted = Json.createObjectBuilder()
                .add("items", items(remote, inputs, settings.members()))
                .build();
        remote.list(remote.client().post(address(batch), wanted), "id", "name", "input");
    }

    @Command(name = "edit", description = "Change an item. Runs that are queued keep what they were queued with.")
    void edit(
            @Mixin Remote remote,
            @Mixin ItemOptions settings,
            @Mixin VersionOption version,
            @Option(names = "--input", paramLabel = "FILE", description = "Its file, in a data root.") String input,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1", paramLabel = "ITEM", description = ITEM) String item) {
        JsonObjectBuilder patch = Json.createObjectBuilder(settings.members());
        new Members(patch).add("input", input == null ? null : remote.path(input));
        remote.show(remote.client().patch(address(batch, item), patch.build(), version.ifMatch()));
    }

    @Command(name = "move", description = "Move an item; its queued run changes its place in the queue with it.")
    void move(
            @Mixin Remote remote,
            @Mixin VersionOption version,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1", paramLabel = "ITEM", description = ITEM) String item,
            @Parameters(
                            index = "2",
                            paramLabel = "POSITION",
                            description = "Place in the batch from 0; beyond the end means last.")
                    int position) {
        JsonObject patch = Json.createObjectBuilder().add("position", position).build();
        remote.show(remote.client().patch(address(batch, item), patch, version.ifMatch()));
    }

    @Command(name = "remove", description = "Remove an item with its runs; files stay unless it is said that they go.")
    void remove(
            @Mixin Remote remote,
            @Mixin Confirmation confirmation,
            @Option(names = "--outputs", description = "Delete what its runs have published, too.") boolean outputs,
            @Option(names = "--input", description = "Delete its input file, too.") boolean input,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1", paramLabel = "ITEM", description = ITEM) String item) {
        if (outputs || input) {
            JsonObject shown = remote.client().get(address(batch, item));
            confirmation.require("Delete " + (input ? shown.getString("input") : "")
                    + (input && outputs ? " and " : "")
                    + (outputs ? "all published outputs of " + shown.getString("name") : "") + "?");
        }
        remote.client()
                .delete(
                        address(batch, item),
                        Map.of("outputs", Boolean.toString(outputs), "input", Boolean.toString(input)));
        remote.say("Removed item " + item + ".");
    }

    @Command(
            name = "sheet",
            description =
                    "List the items of a batch with what there is to see of them: failures first, then doubtful centres.")
    void sheet(
            @Mixin Remote remote,
            @Mixin PageOptions page,
            @Option(
                            names = "--mark",
                            paramLabel = "MARK",
                            description =
                                    "Only items with this mark: GOOD, TRY_AGAIN, SKIP, or NONE for those without.")
                    String mark,
            @Parameters(paramLabel = "BATCH", description = BATCH) String batch) {
        Map<String, String> query = page.query();
        query.put("mark", mark);
        remote.list(
                remote.client().get(BatchCommand.address(batch) + "/contact-sheet", query),
                "item",
                "name",
                "state",
                "centre",
                "confidence",
                "picture",
                "mark");
    }

    @Command(name = "mark", description = "Say of an item that its picture is good, or what is to be done.")
    void mark(
            @Mixin Remote remote,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1", paramLabel = "ITEM", description = ITEM) String item,
            @Parameters(
                            index = "2",
                            paramLabel = "MARK",
                            description =
                                    "GOOD; TRY_AGAIN where the centre is wrong; SKIP where nothing more is to be done.")
                    String mark) {
        JsonObject wanted = Json.createObjectBuilder().add("mark", mark).build();
        remote.show(remote.client().put(address(batch, item) + "/mark", wanted));
    }

    @Command(name = "unmark", description = "Take back what was said of an item.")
    void unmark(
            @Mixin Remote remote,
            @Parameters(index = "0", paramLabel = "BATCH", description = BATCH) String batch,
            @Parameters(index = "1", paramLabel = "ITEM", description = ITEM) String item) {
        remote.client().delete(address(batch, item) + "/mark");
        remote.say("Item " + item + " has no mark.");
    }
}
