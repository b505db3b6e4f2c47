package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.client.EventLines.Received;
import io.kiln.cli.client.EventSubscription;
import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits for runs by the server's events, and reports how far they are. */
final class RunWatch {
    // longer silence may mean a connection that nobody has closed: the state is read anew then
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final KilnClient client;
    private final RunReport report;
    private final Map<String, JsonObject> runs = new LinkedHashMap<>();

    RunWatch(KilnClient client, RunReport report) {
        this.client = client;
        this.report = report;
    }

    /** The runs once all of them are over, in their order. */
    List<JsonObject> await(Watched watched) throws IOException, InterruptedException {
        do {
            // listened to before the state is read, so that nothing happens unseen in between
            try (EventSubscription events = new EventSubscription(client)) {
                watched.read(client).forEach(this::take);
                while (!allOver() && events.isOpen()) {
                    Optional<Received> event = events.next(SILENCE);
                    if (event.isPresent()) {
                        take(event.get(), watched);
                    } else {
                        watched.read(client).forEach(this::take);
                    }
                }
            }
            // the server ends every stream after a while: connect anew
        } while (!allOver());
        report.end();
        return List.copyOf(runs.values());
    }

    private boolean allOver() {
        return runs.values().stream().allMatch(Runs::isOver);
    }

    private void take(Received event, Watched watched) {
        if (event.name().equals("resync")) {
            watched.read(client).forEach(this::take);
        } else if (event.name().equals("progress")) {
            JsonObject run = runs.get(event.data().getString("run"));
            if (run != null) {
                progress(run, event.data());
            }
        } else if (event.data().containsKey("run") && watched.includes(event.data())) {
            take(client.get(RunCommand.address(event.data().getString("run"))));
        }
    }

    private void take(JsonObject run) {
        JsonObject before = runs.put(run.getString("id"), run);
        if (before == null
                || !Runs.state(before).equals(Runs.state(run))
                || !before.get("reason").equals(run.get("reason"))) {
            report.changed(run, runs.values());
        }
    }

    private void progress(JsonObject run, JsonObject progress) {
        JsonObject updated =
                Json.createObjectBuilder(run).add("progress", progress).build();
        runs.put(run.getString("id"), updated);
        report.progress(updated, runs.values());
    }

    /** @throws CommandFailure naming the first run that was not completed and why */
    static void requireCompleted(List<JsonObject> runs) {
        runs.stream().filter(run -> !Runs.isGood(run)).findFirst().ifPresent(run -> {
            throw new CommandFailure("run " + run.getString("id") + " is " + Runs.state(run) + ": "
                    + Table.text(run.get("reason")) + ". See kiln run log " + run.getString("id"));
        });
    }
}
