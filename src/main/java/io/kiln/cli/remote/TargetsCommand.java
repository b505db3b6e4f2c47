package io.kiln.cli.remote;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where runs can execute. */
@Command(name = "targets", description = "List the targets that runs can be sent to.")
public final class TargetsCommand implements Runnable {
    @Mixin
    private Remote remote;

    @Override
    public void run() {
        remote.list(remote.client().get("/api/targets"), "name");
    }
}
