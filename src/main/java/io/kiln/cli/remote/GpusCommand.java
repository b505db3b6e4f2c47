package io.kiln.cli.remote;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What runs are computed on. */
@Command(
        name = "gpus",
        description = "List the devices of all nodes, the processor's among them, and the runs that hold them.")
public final class GpusCommand implements Runnable {
    @Mixin
    private Remote remote;

    @Override
    public void run() {
        remote.list(remote.client().get("/api/gpus"), "node", "id", "title", "memoryBytes", "run", "quarantined");
    }
}
