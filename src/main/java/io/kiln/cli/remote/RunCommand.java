package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Start, list, show, stop and restart runs, and read their logs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.Start.class,
            RunCommand.ListAll.class,
            RunCommand.Show.class,
            RunCommand.Wait.class,
            RunCommand.Stop.class,
            RunCommand.Restart.class,
            RunCommand.Log.class,
            RunCommand.Outputs.class
        })
public final class RunCommand {
    private static String address(String run) {
        return "/api/runs/" + KilnClient.encoded(run);
    }

    @Command(name = "start", description = "Queue runs of a batch's items.")
    static final class Start extends RemoteCommand {
        @Parameters(paramLabel = "BATCH")
        private String batch;

        @Option(names = "--pipeline", description = "the batch's without it")
        private String pipeline;

        @Option(names = "--items", split = ",", paramLabel = "ITEM", description = "only these items")
        private List<String> items;

        @Option(names = "--from", paramLabel = "ITEM", description = "this item and those behind it")
        private String from;

        @Option(names = "-p", paramLabel = "NAME=VALUE", description = "a parameter that overrides the items'")
        private Map<String, String> parameters;

        @Option(names = "--devices", description = "devices of each run: a number, or all; 1 without it")
        private String devices;

        @Option(names = "--not-before", paramLabel = "TIME", description = "such as 2026-11-20T18:30:00Z")
        private String notBefore;

        @Option(names = "--priority", description = "higher goes first; 0 without it")
        private Integer priority;

        @Option(names = "--force", description = "repeat what is done, and replace outputs that Kiln did not make")
        private boolean force;

        @Option(names = "--dry-run", description = "only say what would be queued")
        private boolean dryRun;

        @Option(names = "--wait", description = "wait until all are over")
        private boolean wait;

        @Override
        void run(KilnClient client) throws Exception {
            JsonObject queued = client.post("/api/batches/" + KilnClient.encoded(batch) + "/runs", order());
            print(queued, "id", "itemName", "pipeline", "state", "reason", "output");
            queued.getJsonArray("leftOut")
                    .getValuesAs(JsonObject.class)
                    .forEach(item -> out().println("left out: " + item.getString("itemName") + ", because "
                            + item.getString("reason")));
            out().flush();
            if (wait && !dryRun) {
                List<String> runs = queued.getJsonArray("items").getValuesAs(JsonObject.class).stream()
                        .map(run -> run.getString("id"))
                        .toList();
                RunWatch.requireCompleted(new RunWatch(client, out()).await(runs));
            }
        }

        private JsonObject order() {
            JsonObjectBuilder order = Json.createObjectBuilder()
                    .add("parameters", io.kiln.cli.remote.Parameters.of(parameters))
                    .add("force", force)
                    .add("dryRun", dryRun);
            if (items != null) {
                order.add("items", Json.createArrayBuilder(items));
            }
            add(order, "pipeline", pipeline);
            add(order, "from", from);
            add(order, "notBefore", notBefore);
            if (priority != null) {
                order.add("priority", priority);
            }
            if (devices != null) {
                order.add(
                        "devices",
                        io.kiln.cli.remote.Parameters.of(Map.of("devices", devices))
                                .get("devices"));
            }
            return order.build();
        }

        private static void add(JsonObjectBuilder order, String member, String value) {
            if (value != null) {
                order.add(member, value);
            }
        }
    }

    @Command(name = "list", description = "List runs, newest first.")
    static final class ListAll extends RemoteCommand {
        @Option(names = "--batch", description = "only of this batch")
        private String batch;

        @Option(names = "--state", description = "only in this state, such as FAILED")
        private String state;

        @Option(names = "--after", description = "the page behind this one")
        private String after;

        @Option(names = "--limit", description = "most runs of a page")
        private String limit;

        @Override
        void run(KilnClient client) {
            Map<String, String> query = new HashMap<>();
            query.put("batch", batch);
            query.put("state", state);
            query.put("after", after);
            query.put("limit", limit);
            print(client.get("/api/runs", query), "id", "pipeline", "state", "progress", "reason", "output");
        }
    }

    @Command(name = "show", description = "Show a run.")
    static final class Show extends RemoteCommand {
        @Parameters(paramLabel = "RUN")
        private String run;

        @Override
        void run(KilnClient client) {
            print(client.get(address(run)));
        }
    }

    @Command(name = "wait", description = "Wait until runs are over; exit status 1 when one is not completed.")
    static final class Wait extends RemoteCommand {
        @Parameters(arity = "1..*", paramLabel = "RUN")
        private List<String> runs;

        @Override
        void run(KilnClient client) throws Exception {
            RunWatch.requireCompleted(new RunWatch(client, out()).await(runs));
        }
    }

    @Command(name = "stop", description = "Stop a run.")
    static final class Stop extends RemoteCommand {
        @Parameters(paramLabel = "RUN")
        private String run;

        @Override
        void run(KilnClient client) {
            print(client.post(address(run) + "/stop"));
        }
    }

    @Command(name = "restart", description = "Queue a failed or stopped run again; it goes on from what is done.")
    static final class Restart extends RemoteCommand {
        @Parameters(paramLabel = "RUN")
        private String run;

        @Override
        void run(KilnClient client) {
            print(client.post(address(run) + "/restart"));
        }
    }

    @Command(name = "log", description = "Print a run's log.")
    static final class Log extends RemoteCommand {
        @Parameters(paramLabel = "RUN")
        private String run;

        @Option(names = "--tail", paramLabel = "LINES", description = "only the last lines")
        private Integer tail;

        @Override
        void run(KilnClient client) {
            if (tail != null && tail < 1) {
                throw new CommandFailure("--tail is " + tail + ", but must be at least 1");
            }
            out().print(client.text(address(run) + "/log" + (tail == null ? "" : "?tail=" + tail)));
        }
    }

    @Command(name = "outputs", description = "List the files that a run has published.")
    static final class Outputs extends RemoteCommand {
        @Parameters(paramLabel = "RUN")
        private String run;

        @Option(names = "--after", description = "the page behind this one")
        private String after;

        @Override
        void run(KilnClient client) {
            Map<String, String> query = new HashMap<>();
            query.put("after", after);
            print(client.get(address(run) + "/outputs", query), "path", "bytes", "modified");
        }
    }

    static String state(JsonObject run) {
        return run.getString("state");
    }
}
