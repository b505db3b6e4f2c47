package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parameter sets. */
@Command(
        name = "parameters",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Keep parameters under names, and give them to items.")
public final class ParametersCommand {
    private static final String SETS = "/api/parameter-sets";
    private static final String SET = "Id of the parameter set.";
    private static final String PIPELINE = "Pipeline that it is for.";
    private static final String VALUE = "A parameter. May be repeated.";

    private static String address(String set) {
        return SETS + "/" + KilnClient.encoded(set);
    }

    @Command(name = "list", description = "List your own parameter sets and those that are shared, newest first.")
    void list(
            @Mixin Remote remote,
            @Mixin PageOptions page,
            @Option(names = "--pipeline", paramLabel = "PIPELINE", description = "Only for this pipeline, and for any.")
                    String pipeline) {
        Map<String, String> query = new HashMap<>(page.query());
        query.put("pipeline", pipeline);
        remote.list(remote.client().get(SETS, query), "id", "name", "pipeline", "owner", "shared", "parameters");
    }

    @Command(name = "show", description = "Show a parameter set.")
    void show(@Mixin Remote remote, @Parameters(paramLabel = "SET", description = SET) String set) {
        remote.show(remote.client().get(address(set)));
    }

    @Command(name = "save", description = "Keep parameters under a name.")
    void save(
            @Mixin Remote remote,
            @Option(names = "--pipeline", paramLabel = "PIPELINE", description = PIPELINE) String pipeline,
            @Option(names = "--shared", description = "Let others see and use it.") boolean shared,
            @Option(names = "-p", required = true, paramLabel = "NAME=VALUE", description = VALUE)
                    Map<String, String> parameters,
            @Parameters(paramLabel = "NAME", description = "What it is called.") String name) {
        JsonObjectBuilder set = Json.createObjectBuilder()
                .add("name", name)
                .add("shared", shared)
                .add("parameters", ParameterValues.of(parameters));
        new Members(set).add("pipeline", pipeline);
        remote.show(remote.client().post(SETS, set.build()));
    }

    @Command(name = "edit", description = "Change a parameter set; what is not named stays.")
    void edit(
            @Mixin Remote remote,
            @Mixin VersionOption version,
            @Option(names = "--name", paramLabel = "NAME", description = "What it is called.") String name,
            @Option(names = "--pipeline", paramLabel = "PIPELINE", description = PIPELINE) String pipeline,
            @Option(names = "--shared", arity = "1", paramLabel = "true|false", description = "Whether others use it.")
                    Boolean shared,
            @Option(
                            names = "-p",
                            paramLabel = "NAME=VALUE",
                            description = "A parameter; those given take the place of all it had. May be repeated.")
                    Map<String, String> parameters,
            @Parameters(paramLabel = "SET", description = SET) String set) {
        JsonObjectBuilder edit = Json.createObjectBuilder();
        Members members = new Members(edit);
        members.add("name", name);
        members.add("pipeline", pipeline);
        if (shared != null) {
            edit.add("shared", shared);
        }
        if (parameters != null) {
            edit.add("parameters", ParameterValues.of(parameters));
        }
        remote.show(remote.client().patch(address(set), edit.build(), version.ifMatch()));
    }

    @Command(name = "delete", description = "Forget a parameter set; items keep what they were given.")
    void delete(@Mixin Remote remote, @Parameters(paramLabel = "SET", description = SET) String set) {
        remote.client().delete(address(set));
        remote.say("Forgot parameter set " + set + ".");
    }

    @Command(name = "apply", description = "Give items of a batch the parameters of a set, all or none.")
    void apply(
            @Mixin Remote remote,
            @Option(
                            names = "--items",
                            split = ",",
                            paramLabel = "ITEM",
                            description = "Only these items; all without it.")
                    List<String> items,
            @Option(names = "--from", paramLabel = "ITEM", description = "This item and those behind it.") String from,
            @Option(names = "--replace", description = "Let the items forget what they had.") boolean replace,
            @Parameters(index = "0", paramLabel = "SET", description = SET) String set,
            @Parameters(index = "1", paramLabel = "BATCH", description = "Id of the batch.") String batch) {
        JsonObjectBuilder use = Json.createObjectBuilder().add("batch", batch).add("replace", replace);
        if (items != null) {
            use.add("items", Json.createArrayBuilder(items));
        }
        new Members(use).add("from", from);
        JsonObject answer = remote.client().post(address(set) + "/apply", use.build());
        remote.show(answer);
    }
}
