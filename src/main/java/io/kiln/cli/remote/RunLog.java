package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.client.KilnClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Prints the log of a run. */
final class RunLog {
    private static final Duration POLLING = Duration.ofSeconds(1);

    private final KilnClient client;
    private final String run;
    private final PrintWriter out;
    private final GrowingText text;

    RunLog(KilnClient client, String id, PrintWriter out) {
        this.client = client;
        this.run = RunCommand.address(id);
        this.out = out;
        this.text = new GrowingText(first -> client.bytesFrom(run + "/log", first));
    }

    /** @param tail how many of the last lines; null for all */
    void print(Integer tail) {
        requirePositive(tail);
        out.print(client.text(run + "/log" + (tail == null ? "" : "?tail=" + tail)));
        out.flush();
    }

    /**
     * The same, and what is written from then on until the run is over.
     *
     * @param tail with how many of the last lines to begin; null for all
     */
    void follow(Integer tail) throws InterruptedException {
        requirePositive(tail);
        boolean over = isOver();
        out.print(tail == null ? text.next() : lastLines(text.next(), tail));
        out.flush();
        if (!over) {
            followUntilOver();
            // why once more: how a run has ended is written when it is over
            more();
        }
    }

    private void followUntilOver() throws InterruptedException {
        while (!isOver()) {
            more();
        }
    }

    private void more() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(POLLING.toMillis());
        out.print(text.next());
        out.flush();
    }

    private boolean isOver() {
        return Runs.isOver(client.get(run));
    }

    private static String lastLines(String text, int count) {
        List<String> lines = text.lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size()).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static void requirePositive(Integer tail) {
        if (tail != null && tail < 1) {
            throw new CommandFailure("--tail is " + tail + ", but must be at least 1");
        }
    }
}
