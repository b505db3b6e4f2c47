package io.kiln.cli.remote;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Set;

/** Runs as the server answers them, for people. */
final class Runs {
    private static final Set<String> OVER = Set.of("COMPLETED", "FAILED", "STOPPED", "SKIPPED");
    private static final Set<String> GOOD = Set.of("COMPLETED", "SKIPPED");
    private static final int BAR = 40;

    private Runs() {}

    static String state(JsonObject run) {
        return run.getString("state");
    }

    static boolean isOver(JsonObject run) {
        return OVER.contains(state(run));
    }

    /** Whether a run that is over has done what was wanted. */
    static boolean isGood(JsonObject run) {
        return GOOD.contains(state(run));
    }

    /** One line: pipeline, state, and how far, for example {@code tomo-full RUNNING [####    ] 12 of 24 slices, 3 s left}. */
    static String line(JsonObject run) {
        StringBuilder line = new StringBuilder(run.getString("pipeline") + "  " + state(run));
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
            if (done < total && progress.getOrDefault("etaSeconds", JsonValue.NULL) != JsonValue.NULL) {
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
}
