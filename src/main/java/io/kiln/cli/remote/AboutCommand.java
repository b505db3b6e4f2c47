package io.kiln.cli.remote;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the server is made of. */
@Command(name = "about", description = "Say what the server is made of, in which versions.")
public final class AboutCommand implements Runnable {
    @Mixin
    private Remote remote;

    @Override
    public void run() {
        remote.show(remote.client().get("/api/about"));
    }
}
