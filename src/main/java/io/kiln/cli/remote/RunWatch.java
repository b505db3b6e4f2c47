package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.client.KilnClient;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Waits for runs and shows how far they are: a bar on a terminal, else a line for each change of state. */
final class RunWatch {
    private static final Duration POLLING = Duration.ofMillis(500);
    private static final Set<String> OVER = Set.of("COMPLETED", "FAILED", "STOPPED", "SKIPPED");
    private static final int BAR = 40;

    private final KilnClient client;
    private final PrintWriter out;
    private final boolean isTerminal = System.console() != null;

    RunWatch(KilnClient client, PrintWriter out) {
        this.client = client;
        this.out = out;
    }

    /** The runs once all of them are over, in the order given. */
    List<JsonObject> await(List<String> runs) throws InterruptedException {
        List<JsonObject> over = new ArrayList<>();
        for (String run : runs) {
            over.add(await(run));
        }
        return over;
    }

    private JsonObject await(String id) throws InterruptedException {
        String told = "";
        while (true) {
            JsonObject run = client.get("/api/runs/" + KilnClient.encoded(id));
            String state = RunCommand.state(run);
            if (isTerminal) {
                out.print("\r\033[K" + line(run));
            } else if (!state.equals(told)) {
                out.println(line(run));
            }
            told = state;
            if (OVER.contains(state)) {
                out.print(isTerminal ? "\n" : "");
                out.flush();
                return run;
            }
            out.flush();
            TimeUnit.MILLISECONDS.sleep(POLLING.toMillis());
        }
    }

    /** One line: pipeline, state, and how far, for example {@code tomo-full RUNNING [####    ] 12 of 24 slices, 3 s left}. */
    static String line(JsonObject run) {
        StringBuilder line = new StringBuilder(run.getString("pipeline") + "  " + RunCommand.state(run));
        if (run.get("progress") instanceof JsonObject progress) {
            int done = progress.getInt("done");
            int total = progress.getInt("total");
            int filled = (int) ((long) BAR * done / Math.max(1, total));
            line.append("  [")
                    .append("#".repeat(filled))
                    .append(" ".repeat(BAR - filled))
                    .append("]  ")
                    .append(done)
                    .append(" of ")
                    .append(total)
                    .append(' ')
                    .append(progress.getString("unit"))
                    .append(total == 1 ? "" : "s");
            if (done < total && progress.get("etaSeconds") != JsonValue.NULL) {
                line.append(", ")
                        .append(Math.round(progress.getJsonNumber("etaSeconds").doubleValue()))
                        .append(" s left");
            }
        }
        if (run.get("reason") != JsonValue.NULL) {
            line.append("  (").append(run.getString("reason")).append(')');
        }
        return line.toString();
    }

    /** @throws CommandFailure naming the first run that was not completed and why */
    static void requireCompleted(List<JsonObject> runs) {
        for (JsonObject run : runs) {
            if (!Set.of("COMPLETED", "SKIPPED").contains(RunCommand.state(run))) {
                throw new CommandFailure("run " + run.getString("id") + " is " + RunCommand.state(run) + ": "
                        + Table.text(run.get("reason")) + ". See kiln run log " + run.getString("id"));
            }
        }
    }
}
