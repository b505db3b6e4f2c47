package io.kiln.cli.remote;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Who is asking. */
@Command(name = "whoami", description = "Say as whom this asks, and with which roles.")
public final class WhoamiCommand implements Runnable {
    @Mixin
    private Remote remote;

    @Override
    public void run() {
        remote.show(remote.client().get("/api/session"));
    }
}
