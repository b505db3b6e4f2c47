package io.kiln.cli.remote;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who did what. */
@Command(name = "audit", description = "List what people did, newest first.")
public final class AuditCommand implements Runnable {
    @Mixin
    private Remote remote;

    @Mixin
    private PageOptions page;

    @Option(names = "--who", paramLabel = "NAME", description = "Only what this user did.")
    private String who;

    @Option(names = "--action", paramLabel = "ACTION", description = "Only this, such as 'stop run'.")
    private String action;

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "Only what was done to this, such as a run's id.")
    private String subject;

    @Override
    public void run() {
        Map<String, String> query = page.query();
        query.put("who", who);
        query.put("action", action);
        query.put("subject", subject);
        remote.list(remote.client().get("/api/audit", query), "at", "who", "action", "subject", "detail");
    }
}
