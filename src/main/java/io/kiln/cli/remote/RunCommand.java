package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Queue, watch, stop and restart runs, read their logs and fetch their outputs.")
public final class RunCommand {
    private static final String RUN = "Id of the run.";

    static String address(String run) {
        return "/api/runs/" + KilnClient.encoded(run);
    }

    @Command(
            name = "start",
            description = "Queue runs of a batch's items: all, some, or from one on; what is done already is left out.")
    void start(
            @Mixin Remote remote,
            @Mixin OrderOptions options,
            @Option(
                            names = "--watch",
                            description = "Stay until all are over; exit status 1 when one was not completed.")
                    boolean watch,
            @Parameters(paramLabel = "BATCH", description = "Id of the batch.") String batch)
            throws IOException, InterruptedException {
        JsonObject queued = remote.client().post(BatchCommand.address(batch) + "/runs", options.order());
        remote.list(queued, "id", "itemName", "pipeline", "state", "reason", "output");
        queued.getJsonArray("leftOut")
                .getValuesAs(JsonObject.class)
                .forEach(item -> remote.say(
                        "left out: " + item.getString("itemName") + ", because " + item.getString("reason")));
        remote.out().flush();
        if (watch && !options.isDryRun()) {
            watch(
                    remote,
                    queued.getJsonArray("items").getValuesAs(JsonObject.class).stream()
                            .map(run -> run.getString("id"))
                            .toList());
        }
    }

    @Command(name = "list", description = "List runs, newest first.")
    void list(
            @Mixin Remote remote,
            @Mixin PageOptions page,
            @Option(names = "--batch", paramLabel = "BATCH", description = "Only of this batch.") String batch,
            @Option(names = "--state", paramLabel = "STATE", description = "Only in this state, such as FAILED.")
                    String state) {
        Map<String, String> query = page.query();
        query.put("batch", batch);
        query.put("state", state);
        remote.list(remote.client().get("/api/runs", query), "id", "pipeline", "state", "progress", "reason", "output");
    }

    @Command(name = "show", description = "Show a run with its executions.")
    void show(@Mixin Remote remote, @Parameters(paramLabel = "RUN", description = RUN) String run) {
        remote.show(remote.client().get(address(run)));
    }

    @Command(
            name = "timeline",
            description =
                    "Show a run's attempts: when, on which devices, how each ended, and what to do about failures.")
    void timeline(@Mixin Remote remote, @Parameters(paramLabel = "RUN", description = RUN) String run) {
        JsonObject timeline = remote.client().get(address(run) + "/timeline");
        if (remote.isJson()) {
            remote.out().println(timeline);
            return;
        }
        Table.of(
                        timeline.getJsonArray("attempts"),
                        "number",
                        "execution",
                        "node",
                        "devices",
                        "startedAt",
                        "endedAt",
                        "outcome",
                        "reason")
                .print(remote.out());
        timeline.getJsonArray("attempts").getValuesAs(JsonObject.class).stream()
                .filter(attempt -> !attempt.isNull("failure"))
                .forEach(attempt -> remote.say("attempt " + attempt.getInt("number") + " failed. "
                        + attempt.getJsonObject("failure").getString("advice")));
    }

    @Command(
            name = "watch",
            description = "Show how far runs are until all are over; exit status 1 when one was not completed.")
    void watch(
            @Mixin Remote remote,
            @Parameters(arity = "1..*", paramLabel = "RUN", description = "Ids of runs.") List<String> runs)
            throws IOException, InterruptedException {
        RunWatch.requireCompleted(new RunWatch(remote.client(), RunReport.of(remote)).await(new Watched.These(runs)));
    }

    @Command(name = "stop", description = "Stop a run: a queued one at once, an active one within a slab.")
    void stop(@Mixin Remote remote, @Parameters(paramLabel = "RUN", description = RUN) String run) {
        remote.show(remote.client().post(address(run) + "/stop"));
    }

    @Command(name = "restart", description = "Queue a failed or stopped run again; it goes on from what is done.")
    void restart(@Mixin Remote remote, @Parameters(paramLabel = "RUN", description = RUN) String run) {
        remote.show(remote.client().post(address(run) + "/restart"));
    }

    @Command(name = "delete", description = "Forget a run that is over; its output stays.")
    void delete(@Mixin Remote remote, @Parameters(paramLabel = "RUN", description = RUN) String run) {
        remote.client().delete(address(run));
        remote.say("Forgot run " + run + ".");
    }

    @Command(name = "log", description = "Print a run's log: what it did, with the times.")
    void log(
            @Mixin Remote remote,
            @Option(names = "--tail", paramLabel = "LINES", description = "Only the last lines, 1 to 100000.")
                    Integer tail,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Go on with what is written from now on, until the run is over.")
                    boolean follow,
            @Parameters(paramLabel = "RUN", description = RUN) String run)
            throws InterruptedException {
        RunLog log = new RunLog(remote.client(), run, remote.out());
        if (follow) {
            log.follow(tail);
        } else {
            log.print(tail);
        }
    }

    @Command(name = "outputs", description = "List the files that a run has published.")
    void outputs(
            @Mixin Remote remote,
            @Mixin PageOptions page,
            @Parameters(paramLabel = "RUN", description = RUN) String run) {
        remote.list(remote.client().get(address(run) + "/outputs", page.query()), "path", "bytes", "modified");
    }

    @Command(
            name = "download",
            description = "Fetch files that a run has published: all of them, or those that are named.")
    void download(
            @Mixin Remote remote,
            @Option(
                            names = "--to",
                            paramLabel = "FOLDER",
                            defaultValue = ".",
                            description = "Where to; made where it is missing (default: ${DEFAULT-VALUE}).")
                    Path folder,
            @Option(names = "--force", description = "Replace files that are there already.") boolean force,
            @Parameters(index = "0", paramLabel = "RUN", description = RUN) String run,
            @Parameters(index = "1..*", paramLabel = "FILE", description = "Paths as kiln run outputs lists them.")
                    List<String> files)
            throws IOException {
        OutputDownload download = new OutputDownload(remote.client(), run, folder, force);
        for (String file : files == null ? download.all() : files) {
            remote.say(download.fetch(file).toString());
        }
    }

    @Command(name = "preview", description = "Fetch a picture of a slice, as PNG.")
    void preview(
            @Mixin Remote remote,
            @Option(
                            names = "--slice",
                            paramLabel = "NUMBER",
                            description = "Which one, from 0; the published picture without it.")
                    String slice,
            @Option(names = "--min", paramLabel = "VALUE", description = "The value that is black; goes with --max.")
                    String min,
            @Option(names = "--max", paramLabel = "VALUE", description = "The value that is white; goes with --min.")
                    String max,
            @Option(names = "--force", description = "Replace a file that is there already.") boolean force,
            @Parameters(index = "0", paramLabel = "RUN", description = RUN) String run,
            @Parameters(index = "1", paramLabel = "FILE", description = "Where to, such as slice.png.") Path file)
            throws IOException {
        Map<String, String> query = new HashMap<>();
        query.put("slice", slice);
        query.put("min", min);
        query.put("max", max);
        new FileDownload(remote.client(), force).fetch(address(run) + "/preview.png", query, file);
        remote.say(file.toString());
    }
}
