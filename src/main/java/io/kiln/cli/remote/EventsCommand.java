package io.kiln.cli.remote;

import io.kiln.cli.client.EventLines;
import io.kiln.cli.client.EventLines.Received;
import io.kiln.cli.client.KilnClient;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Follows what happens. */
@Command(name = "events", description = "Follow what happens to batches, items, runs and nodes, until stopped.")
public final class EventsCommand extends RemoteCommand {
    @Override
    void run(KilnClient client) throws IOException {
        try (EventLines events = new EventLines(client.stream("/api/events"))) {
            for (Optional<Received> event = events.next(); event.isPresent(); event = events.next()) {
                out().println(event.get().name() + " " + event.get().data());
                out().flush();
            }
        }
    }
}
