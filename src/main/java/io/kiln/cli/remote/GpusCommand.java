package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What runs are computed on. */
@Command(
        name = "gpus",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "List the devices of all nodes, and use again what was left alone.")
public final class GpusCommand {
    private static final String GPUS = "/api/gpus";

    @Command(
            name = "list",
            description =
                    "List the devices of all nodes, the processor's among them, who holds them and how they are used.")
    void list(@Mixin Remote remote) {
        remote.list(
                remote.client().get(GPUS),
                "node",
                "id",
                "title",
                "memoryBytes",
                "freeBytes",
                "busyPercent",
                "run",
                "quarantined",
                "occupiedBy");
    }

    @Command(name = "release", description = "Use a device again that was left alone because it had failed.")
    void release(
            @Mixin Remote remote,
            @Parameters(paramLabel = "NODE", description = "Name of the node.") String node,
            @Parameters(paramLabel = "DEVICE", description = "Id of the device, such as gpu0.") String device) {
        remote.show(remote.client()
                .post(GPUS + "/" + KilnClient.encoded(node) + "/" + KilnClient.encoded(device) + "/release"));
    }
}
