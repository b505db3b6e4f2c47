package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Batches. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        description = "Create, list, show and stop batches.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BatchCommand.Create.class,
            BatchCommand.ListAll.class,
            BatchCommand.Show.class,
            BatchCommand.Add.class,
            BatchCommand.Stop.class,
            BatchCommand.Delete.class
        })
public final class BatchCommand {
    /** Where the server is another machine the path is the server's; else it is made absolute, so that it means the same to both. */
    static String path(KilnClient client, String given) {
        boolean isHere = client.address().base().getHost().equals("127.0.0.1");
        return isHere ? Path.of(given).toAbsolutePath().normalize().toString() : given;
    }

    static JsonArrayBuilder items(KilnClient client, List<String> inputs) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        inputs.forEach(input -> items.add(Json.createObjectBuilder().add("input", path(client, input))));
        return items;
    }

    @Command(name = "create", description = "Create a batch of files, of a folder's files, or of both.")
    static final class Create extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "NAME")
        private String name;

        @Parameters(index = "1..*", paramLabel = "INPUT", description = "files, in data roots")
        private List<String> inputs = List.of();

        @Option(names = "--folder", description = "take the files of this folder")
        private String folder;

        @Option(names = "--pattern", description = "only files whose names match, such as 'scan_*.h5'")
        private String pattern;

        @Option(names = "--pipeline", description = "what its runs use where none is named")
        private String pipeline;

        @Option(names = "-p", paramLabel = "NAME=VALUE", description = "a parameter that all items share")
        private Map<String, String> parameters;

        @Option(names = "--output", description = "folder for outputs; beside the inputs without it")
        private String output;

        @Override
        void run(KilnClient client) {
            JsonObjectBuilder batch = Json.createObjectBuilder()
                    .add("name", name)
                    .add("items", items(client, inputs))
                    .add("parameters", io.kiln.cli.remote.Parameters.of(parameters));
            add(batch, "folder", folder == null ? null : path(client, folder));
            add(batch, "pattern", pattern);
            add(batch, "pipeline", pipeline);
            add(batch, "output", output == null ? null : path(client, output));
            print(client.post("/api/batches", batch.build()));
        }

        private static void add(JsonObjectBuilder batch, String member, String value) {
            if (value != null) {
                batch.add(member, value);
            }
        }
    }

    @Command(name = "list", description = "List batches, newest first.")
    static final class ListAll extends RemoteCommand {
        @Option(names = "--after", description = "the page behind this one")
        private String after;

        @Option(names = "--limit", description = "most batches of a page")
        private String limit;

        @Override
        void run(KilnClient client) {
            Map<String, String> query = new HashMap<>();
            query.put("after", after);
            query.put("limit", limit);
            print(client.get("/api/batches", query), "id", "name", "pipeline", "createdBy", "createdAt");
        }
    }

    @Command(name = "show", description = "Show a batch and its items.")
    static final class Show extends RemoteCommand {
        @Parameters(paramLabel = "BATCH")
        private String batch;

        @Option(names = "--after", description = "the page of items behind this one")
        private String after;

        @Override
        void run(KilnClient client) {
            String address = "/api/batches/" + KilnClient.encoded(batch);
            print(client.get(address));
            Map<String, String> query = new HashMap<>();
            query.put("after", after);
            print(client.get(address + "/items", query), "id", "name", "input", "parameters", "comment");
        }
    }

    @Command(name = "add", description = "Add items at the end of a batch.")
    static final class Add extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "BATCH")
        private String batch;

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "INPUT")
        private List<String> inputs;

        @Override
        void run(KilnClient client) {
            JsonObject items = Json.createObjectBuilder()
                    .add("items", items(client, inputs))
                    .build();
            print(client.post("/api/batches/" + KilnClient.encoded(batch) + "/items", items), "id", "name", "input");
        }
    }

    @Command(name = "stop", description = "Stop every run of a batch that is not over.")
    static final class Stop extends RemoteCommand {
        @Parameters(paramLabel = "BATCH")
        private String batch;

        @Override
        void run(KilnClient client) {
            print(client.post("/api/batches/" + KilnClient.encoded(batch) + "/stop"));
        }
    }

    @Command(name = "delete", description = "Forget a batch with its items and runs; outputs stay.")
    static final class Delete extends RemoteCommand {
        @Parameters(paramLabel = "BATCH")
        private String batch;

        @Override
        void run(KilnClient client) {
            client.delete("/api/batches/" + KilnClient.encoded(batch));
        }
    }
}
