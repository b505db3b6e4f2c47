package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pipelines. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = "List pipelines and show their parameters.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PipelineCommand.ListAll.class, PipelineCommand.Show.class})
public final class PipelineCommand {
    @Command(name = "list", description = "List the pipelines.")
    static final class ListAll extends RemoteCommand {
        @Override
        void run(KilnClient client) {
            print(client.get("/api/pipelines"), "name", "description");
        }
    }

    @Command(name = "show", description = "Show a pipeline's parameters with units and defaults.")
    static final class Show extends RemoteCommand {
        @Parameters(paramLabel = "PIPELINE")
        private String pipeline;

        @Override
        void run(KilnClient client) {
            JsonObject shown = client.get("/api/pipelines/" + KilnClient.encoded(pipeline));
            JsonObject properties = shown.getJsonObject("parameters").getJsonObject("properties");
            out().println(shown.getString("description"));
            properties.forEach((name, value) -> {
                JsonObject schema = value.asJsonObject();
                out().printf(
                                "  %-26s %s%s  %s%n",
                                name,
                                Table.text(schema.get("default")),
                                schema.containsKey("unit") ? " " + schema.getString("unit") : "",
                                schema.getString("description"));
            });
        }
    }
}
