package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.settings.Durations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

/** Compares the runs that the database says this node executes with what it does execute. A heartbeat alone does not notice dead threads. */
@ApplicationScoped
public class Reconciler {
    /** Between two steps a job's threads may be seen idle once or twice. */
    private static final int TIMES_IDLE = 3;

    private static final Logger LOG = Logger.getLogger(Reconciler.class.getName());

    private final Sql sql;
    private final LiveAttempts live;
    private final AttemptEnd end;
    private final AttemptLog log;

    /** For the container's proxy only. */
    protected Reconciler() {
        this(null, null, null, null);
    }

    @Inject
    public Reconciler(Sql sql, LiveAttempts live, AttemptEnd end, AttemptLog log) {
        this.sql = sql;
        this.live = live;
        this.end = end;
        this.log = log;
    }

    /**
     * A run that this node should be executing.
     *
     * @param askedBy who asked it to stop, or to yield
     */
    private record Expected(Attempt attempt, boolean admitted, boolean overdue, Optional<String> askedBy) {}

    /**
     * What should be executed, and what is.
     *
     * @param unexpected attempts that hold their run no more
     */
    private record Comparison(List<Expected> expected, Set<Attempt> unexpected) {}

    /** Passes stop requests on to the attempts, and stops those that hold their run no more. Cheap: also done at every wake-up. */
    void passOnStops(Claimant claimant) {
        passOnStops(compare(claimant));
    }

    private void passOnStops(Comparison found) {
        for (Expected one : found.expected()) {
            one.askedBy().filter(who -> live.stop(one.attempt())).ifPresent(who -> log.askedToStop(one.attempt(), who));
        }
        found.unexpected().forEach(live::stop);
    }

    /** Settles what has ended or died unnoticed. */
    void reconcile(Claimant claimant) {
        Comparison found = compare(claimant);
        passOnStops(found);
        for (Expected one : found.expected()) {
            if (!live.contains(one.attempt())) {
                if (one.admitted()) {
                    lost(one.attempt(), "its execution ended while the database was away");
                } else if (one.overdue()) {
                    lost(one.attempt(), "no execution began in time");
                }
            } else if (isDead(one.attempt())) {
                lost(one.attempt(), "its execution has no thread at work any more");
            }
        }
        // why: their runs are settled by whoever took them over, and nobody else would end the waiting for them
        found.unexpected().stream().filter(this::isDead).forEach(live::remove);
    }

    private boolean isDead(Attempt attempt) {
        return live.timesFoundIdle(attempt) >= TIMES_IDLE;
    }

    private Comparison compare(Claimant claimant) {
        // why first: one that begins while the database answers is none of those that hold no run
        Set<Attempt> unexpected = new HashSet<>(live.all());
        List<Expected> expected = expected(claimant);
        expected.forEach(one -> unexpected.remove(one.attempt()));
        return new Comparison(expected, unexpected);
    }

    private void lost(Attempt attempt, String reason) {
        LOG.warning(() -> "attempt " + attempt.number() + " of run " + attempt.run() + ": " + reason);
        log.givenUp(attempt, reason);
        end.lost(attempt, reason);
        log.ended(attempt);
    }

    private List<Expected> expected(Claimant claimant) {
        return sql.list(
                row -> new Expected(
                        new Attempt(RunId.parse(row.getString("id")), row.getInt("attempt")),
                        row.getBoolean("admitted"),
                        row.getBoolean("overdue"),
                        Optional.ofNullable(row.getString("asked_by"))),
                "select id, attempt, execution_id is not null as admitted, coalesce(stop_requested,"
                        + " case when state = 'RUNNING' then (select 'urgent run ' || urgent from run_yield"
                        + " where run_yield.run = run.id and run_yield.attempt = run.attempt limit 1) end) as asked_by,"
                        + " claimed_at < clock_timestamp() - interval '" + Durations.ADMISSION.toSeconds()
                        + " seconds' as overdue from run where node = ? and boot = ?"
                        + " and state in ('RUNNING', 'PUBLISHING')",
                claimant.node(),
                claimant.boot());
    }
}
