package io.kiln.worker;

import io.kiln.job.FailureText;
import io.kiln.job.RunId;
import io.kiln.job.SlabOutcome;
import io.kiln.job.StageSeconds;
import io.kiln.job.UnitRanges;
import io.kiln.pipeline.Plan;
import io.kiln.worker.execution.RunListener;
import io.kiln.worker.state.RunPhase;
import io.kiln.worker.state.RunRecord;
import io.kiln.worker.state.StateFile;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells what becomes of a run: programs by one JSON object a line on standard output, people by text on standard error. docs/worker.md describes the objects.
 * Thread-safe.
 */
final class ProgressLines implements RunListener {
    private final PrintStream out;
    private final PrintStream text;

    // guarded by this
    private Optional<RunId> run = Optional.empty();
    private Optional<RunPhase> phase = Optional.empty();
    private int told = -1;
    private int doneAtFirst;
    private long firstNanos;
    private StageSeconds busy = StageSeconds.NONE;

    ProgressLines(PrintStream out, PrintStream text) {
        this.out = out;
        this.text = text;
    }

    synchronized void begins(RunRecord record) {
        run = Optional.of(record.id());
        phase = Optional.of(record.phase());
        text.println("run " + record.id() + ", attempt " + record.attempt());
        print(line("state").add("attempt", record.attempt()));
    }

    @Override
    public synchronized void entered(RunPhase next) {
        phase = Optional.of(next);
        text.println(next.name().toLowerCase(Locale.ROOT));
        print(line("state"));
    }

    @Override
    public synchronized void said(String sentence) {
        text.println(sentence);
        print(line("log").add("message", sentence));
    }

    /** Tells how far the run is, if it is farther than when this was last called. */
    synchronized void progress(StateFile state, StageSeconds busyNow) {
        Optional<Plan> plan = state.current().plan();
        if (plan.isEmpty()) {
            return;
        }
        int done = UnitRanges.count(state.settled(SlabOutcome.DONE))
                + UnitRanges.count(state.settled(SlabOutcome.SKIPPED));
        if (told < 0) {
            doneAtFirst = done;
            firstNanos = System.nanoTime();
        }
        if (busyNow.compute() > 0) {
            busy = busyNow;
        }
        if (done != told) {
            told = done;
            progress(done, plan.get());
        }
    }

    private void progress(int done, Plan plan) {
        double seconds = (System.nanoTime() - firstNanos) / 1e9;
        double rate = done > doneAtFirst ? (done - doneAtFirst) / seconds : 0;
        JsonObjectBuilder json = line("progress")
                .add("done", done)
                .add("total", plan.units())
                .add("unit", plan.unitName())
                .add("ratePerSecond", rounded(rate));
        String left = "";
        if (rate > 0) {
            double eta = (plan.units() - done) / rate;
            json.add("etaSeconds", rounded(eta));
            left = ", " + Math.round(eta) + " s left";
        }
        json.add("stageSeconds", busy.json(""));
        print(json);
        text.println(done + " of " + plan.counted(plan.units()) + left);
    }

    /** @param output where the output is; empty where there is none */
    synchronized void ended(ExitStatus status, int skipped, Optional<String> output, String message) {
        JsonObjectBuilder json = line("end")
                .add("exitStatus", status.code())
                .add("outcome", status.name())
                .add("skipped", skipped)
                .add("message", message);
        output.ifPresent(place -> json.add("output", place));
        print(json);
        text.println(message);
    }

    synchronized void failed(Throwable failure) {
        ended(ExitStatus.of(failure), 0, Optional.empty(), FailureText.of(failure));
    }

    private JsonObjectBuilder line(String kind) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("kind", kind)
                .add("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        run.ifPresent(id -> json.add("run", id.toString()));
        phase.ifPresent(state -> json.add("state", state.name()));
        return json;
    }

    private void print(JsonObjectBuilder json) {
        out.println(json.build());
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
