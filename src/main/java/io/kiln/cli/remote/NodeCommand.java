package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Server nodes. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "List server nodes, take them out of service and back.")
public final class NodeCommand {
    private static final String NODES = "/api/nodes";
    private static final String NODE = "Name of the node.";

    private static String address(String node) {
        return NODES + "/" + KilnClient.encoded(node);
    }

    @Command(name = "list", description = "List the server nodes.")
    void list(@Mixin Remote remote) {
        remote.list(remote.client().get(NODES), "name", "alive", "draining", "activeRuns", "startedAt", "heartbeatAt");
    }

    @Command(name = "show", description = "Show a server node with its devices.")
    void show(@Mixin Remote remote, @Parameters(paramLabel = "NODE", description = NODE) String node) {
        remote.show(remote.client().get(address(node)));
    }

    @Command(
            name = "drain",
            description = "Take no more runs on a node; those it has stop within a slab and go back to the queue.")
    void drain(@Mixin Remote remote, @Parameters(paramLabel = "NODE", description = NODE) String node) {
        remote.show(remote.client().post(address(node) + "/drain"));
    }

    @Command(name = "resume", description = "Let a drained node take runs again.")
    void resume(@Mixin Remote remote, @Parameters(paramLabel = "NODE", description = NODE) String node) {
        remote.show(remote.client().post(address(node) + "/resume"));
    }
}
