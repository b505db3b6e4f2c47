package io.kiln.cli.remote;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Who did what. */
@Command(name = "audit", description = "List what people did, newest first.")
public final class AuditCommand implements Runnable {
    @Mixin
    private Remote remote;

    @Mixin
    private PageOptions page;

    @Override
    public void run() {
        remote.list(remote.client().get("/api/audit", page.query()), "at", "who", "action", "subject", "detail");
    }
}
