package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;

/** Puts a run back into the queue that nobody asked to end; gives up on one that brings down attempt after attempt without settling anything. */
@ApplicationScoped
@Transactional
public class Requeue {
    private static final Duration MOMENT = Duration.ofSeconds(30);
    private static final Duration WHILE = Duration.ofMinutes(3);

    static final int MOST_IDLE_ATTEMPTS = 5;

    private final Sql sql;
    private final RunTransitions transitions;

    /** For the container's proxy only. */
    protected Requeue() {
        this(null, null);
    }

    @Inject
    public Requeue(Sql sql, RunTransitions transitions) {
        this.sql = sql;
        this.transitions = transitions;
    }

    /** The attempt was ended on purpose, by a drain or a shutdown. */
    boolean drained(Attempt attempt, RunState from, String reason) {
        return transitions.move(attempt, from, RunState.QUEUED, reason);
    }

    /** Others had taken its device's memory: that may happen again and again. */
    boolean deviceFull(Attempt attempt, RunState from, String reason) {
        return transitions.move(attempt, from, RunState.QUEUED, reason);
    }

    /** The database needs a moment. */
    boolean databaseBusy(Attempt attempt, RunState from, String reason) {
        return later(attempt, from, reason, MOMENT);
    }

    /** Somebody has to mount a file system. */
    boolean rootAway(Attempt attempt, RunState from, String reason) {
        return later(attempt, from, reason, WHILE);
    }

    private boolean later(Attempt attempt, RunState from, String reason, Duration pause) {
        boolean requeued = transitions.move(attempt, from, RunState.QUEUED, reason);
        sql.update(
                "update run set not_before = clock_timestamp() + make_interval(secs => ?)"
                        + " where id = ? and attempt = ? and state = 'QUEUED'",
                (double) pause.toSeconds(),
                attempt.run().value(),
                attempt.number());
        return requeued;
    }

    /** The attempt gave its devices to an urgent run. */
    boolean yielded(Attempt attempt, RunState from, RunId urgent) {
        return transitions.move(attempt, from, RunState.QUEUED, Yields.REASON + urgent);
    }

    /** The attempt was lost. */
    boolean lost(Attempt attempt, RunState from, String reason) {
        int idle = sql.first(
                        row -> row.getInt(1),
                        "update run set idle_attempts = case when exists (select 1 from ledger"
                                + " where ledger.run = run.id and ledger.attempt = run.attempt) then 0"
                                + " else idle_attempts + 1 end where id = ? and attempt = ? and state = ?"
                                + " returning idle_attempts",
                        attempt.run().value(),
                        attempt.number(),
                        from)
                .orElse(0);
        if (idle < MOST_IDLE_ATTEMPTS) {
            return transitions.move(attempt, from, RunState.QUEUED, reason);
        }
        return transitions.move(
                attempt,
                from,
                RunState.FAILED,
                idle + " attempts in a row ended without settling anything, the last one: " + reason
                        + ". Look at the run's and the server's log before restarting it");
    }
}
