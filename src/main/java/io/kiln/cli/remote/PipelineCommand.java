package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Pipelines. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "List pipelines and show their parameters.")
public final class PipelineCommand {
    private static final String PIPELINES = "/api/pipelines";

    @Command(name = "list", description = "List the pipelines.")
    void list(@Mixin Remote remote) {
        remote.list(remote.client().get(PIPELINES), "name", "description");
    }

    @Command(name = "show", description = "Show a pipeline's parameters with units and defaults.")
    void show(
            @Mixin Remote remote,
            @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline) {
        JsonObject shown = remote.client().get(PIPELINES + "/" + KilnClient.encoded(pipeline));
        if (remote.isJson()) {
            remote.show(shown);
            return;
        }
        remote.say(shown.getString("description"));
        shown.getJsonObject("parameters").getJsonObject("properties").forEach((name, value) -> {
            JsonObject schema = value.asJsonObject();
            remote.say(String.format(
                    "  %-26s %s%s  %s",
                    name,
                    Table.text(schema.get("default")),
                    schema.containsKey("unit") ? " " + schema.getString("unit") : "",
                    schema.getString("description")));
        });
    }
}
