package io.kiln.job;

import io.kiln.pipeline.Plan;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says now and then how far a run is: at each tenth of its units, and each minute. Thread-safe. */
final class ProgressLog {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int PARTS = 10;

    private final Plan plan;
    private final int before;
    private final Consumer<String> log;
    private final LongSupplier nanoTime;
    private final long start;
    private int done;
    private int partsTold;
    private long toldAt;

    /**
     * @param before units that earlier attempts have settled
     * @param nanoTime as {@link System#nanoTime}
     */
    ProgressLog(Plan plan, int before, Consumer<String> log, LongSupplier nanoTime) {
        this.plan = plan;
        this.before = before;
        this.log = log;
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
        done = before;
        partsTold = parts();
        toldAt = start;
    }

    Plan plan() {
        return plan;
    }

    /** So many units more are settled. */
    synchronized void settled(int units) {
        done += units;
        long now = nanoTime.getAsLong();
        if (parts() > partsTold || now - toldAt >= MINUTE_NANOS) {
            partsTold = parts();
            toldAt = now;
            log.accept(sentence((now - start) / 1e9));
        }
    }

    private int parts() {
        return (int) ((long) done * PARTS / plan.units());
    }

    private String sentence(double seconds) {
        String sentence = done + " of " + plan.counted(plan.units()) + " are done ("
                + Math.round(100.0 * done / plan.units()) + " %)";
        double rate = seconds > 0 ? (done - before) / seconds : 0;
        if (rate > 0) {
            sentence += String.format(Locale.ROOT, ", %.3g per second", rate);
        }
        return rate > 0 && done < plan.units()
                ? sentence + ", " + ElapsedTime.ofSeconds((plan.units() - done) / rate) + " left at this rate"
                : sentence;
    }
}
