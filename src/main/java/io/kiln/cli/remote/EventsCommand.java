package io.kiln.cli.remote;

import io.kiln.cli.client.EventLines;
import io.kiln.cli.client.EventLines.Received;
import jakarta.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows what happens. */
@Command(
        name = "events",
        description =
                "Follow what happens to batches, items, runs and nodes, until stopped or the server ends the stream.")
public final class EventsCommand implements Callable<Integer> {
    @Mixin
    private Remote remote;

    @Option(
            names = "--after",
            paramLabel = "ID",
            description = "Begin with what happened after this event; only what is to come is told without it.")
    private String after;

    @Option(names = "--count", paramLabel = "NUMBER", description = "End after this many events.")
    private Long count;

    @Override
    public Integer call() throws IOException {
        Map<String, String> headers = after == null ? Map.of() : Map.of("Last-Event-ID", after);
        try (EventLines events = new EventLines(remote.client().stream("/api/events", headers))) {
            for (long told = 0; count == null || told < count; told++) {
                Optional<Received> event = events.next();
                if (event.isEmpty()) {
                    return 0;
                }
                tell(event.get());
            }
        }
        return 0;
    }

    private void tell(Received event) {
        if (remote.isJson()) {
            remote.out()
                    .println(Json.createObjectBuilder()
                            .add("id", event.id())
                            .add("event", event.name())
                            .add("data", event.data())
                            .build());
        } else {
            remote.out().println(event.id() + "  " + event.name() + "  " + event.data());
        }
        remote.out().flush();
    }
}
