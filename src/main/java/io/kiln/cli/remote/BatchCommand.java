package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Batches. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Create, edit, watch and stop batches: ordered collections of items with shared parameters.")
public final class BatchCommand {
    private static final String BATCHES = "/api/batches";
    private static final String BATCH = "Id of the batch.";

    static String address(String batch) {
        return BATCHES + "/" + KilnClient.encoded(batch);
    }

    @Command(name = "list", description = "List batches, newest first.")
    void list(@Mixin Remote remote, @Mixin PageOptions page) {
        remote.list(
                remote.client().get(BATCHES, page.query()),
                "id",
                "name",
                "status",
                "pipeline",
                "createdBy",
                "createdAt");
    }

    @Command(name = "create", description = "Create a batch of files, of a folder's files, or of both.")
    void create(
            @Mixin Remote remote,
            @Mixin BatchOptions settings,
            @Option(names = "--folder", paramLabel = "FOLDER", description = "Take the files of this folder.")
                    String folder,
            @Option(
                            names = "--pattern",
                            paramLabel = "PATTERN",
                            description = "Only files whose names match, such as 'scan_*.h5'.")
                    String pattern,
            @Parameters(index = "0", paramLabel = "NAME", description = "What people call it.") String name,
            @Parameters(index = "1..*", paramLabel = "INPUT", description = "Files, in data roots.")
                    List<String> inputs) {
        JsonObjectBuilder batch = Json.createObjectBuilder().add("name", name);
        if (inputs != null) {
            batch.add("items", ItemCommand.items(remote, inputs, JsonObject.EMPTY_JSON_OBJECT));
        }
        Members members = new Members(batch);
        members.add("folder", folder == null ? null : remote.path(folder));
        members.add("pattern", pattern);
        settings.addTo(batch, remote);
        remote.show(remote.client().post(BATCHES, batch.build()));
    }

    @Command(name = "show", description = "Show a batch; its items are shown by: kiln item list BATCH")
    void show(@Mixin Remote remote, @Parameters(paramLabel = "BATCH", description = BATCH) String batch) {
        remote.show(remote.client().get(address(batch)));
    }

    @Command(
            name = "edit",
            description =
                    "Change a batch's name, pipeline, parameters, target, output or most devices. Runs that are queued"
                            + " keep their parameters.")
    void edit(
            @Mixin Remote remote,
            @Mixin BatchOptions settings,
            @Mixin VersionOption version,
            @Option(names = "--name", paramLabel = "NAME", description = "What people call it.") String name,
            @Parameters(paramLabel = "BATCH", description = BATCH) String batch) {
        JsonObjectBuilder patch = Json.createObjectBuilder();
        new Members(patch).add("name", name);
        settings.addTo(patch, remote);
        remote.show(remote.client().patch(address(batch), patch.build(), version.ifMatch()));
    }

    @Command(
            name = "watch",
            description =
                    "Show how far a batch's runs are until all are over; exit status 1 when one was not completed.")
    void watch(@Mixin Remote remote, @Parameters(paramLabel = "BATCH", description = BATCH) String batch)
            throws IOException, InterruptedException {
        remote.client().get(address(batch));
        RunWatch.requireCompleted(
                new RunWatch(remote.client(), RunReport.of(remote)).await(new Watched.OfBatch(batch)));
    }

    @Command(name = "stop", description = "Stop every run of a batch that is not over.")
    void stop(@Mixin Remote remote, @Parameters(paramLabel = "BATCH", description = BATCH) String batch) {
        remote.show(remote.client().post(address(batch) + "/stop"));
    }

    @Command(
            name = "rescan",
            description = "Look at a batch's folders again: add new files, mark items whose input has gone, recognise"
                    + " outputs that tomocupy has left.")
    void rescan(
            @Mixin Remote remote,
            @Option(
                            names = "--folder",
                            paramLabel = "FOLDER",
                            description = "Take the files of this folder, too, from now on.")
                    String folder,
            @Option(
                            names = "--pattern",
                            paramLabel = "PATTERN",
                            description = "Only files of it whose names match, such as 'scan_*.h5'.")
                    String pattern,
            @Parameters(paramLabel = "BATCH", description = BATCH) String batch) {
        JsonObjectBuilder wanted = Json.createObjectBuilder();
        Members members = new Members(wanted);
        members.add("folder", folder == null ? null : remote.path(folder));
        members.add("pattern", pattern);
        remote.show(remote.client().post(address(batch) + "/rescan", wanted.build()));
    }

    @Command(name = "delete", description = "Forget a batch with its items and runs; outputs stay.")
    void delete(@Mixin Remote remote, @Parameters(paramLabel = "BATCH", description = BATCH) String batch) {
        remote.client().delete(address(batch));
        remote.say("Forgot batch " + batch + ".");
    }
}
