package io.kiln.run;

import io.kiln.device.DeviceId;
import io.kiln.job.Attempt;
import io.kiln.job.ElapsedTime;
import io.kiln.persistence.Sql;
import io.kiln.settings.Durations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;

/** Tells a run's log what happens to its attempts: claimed, asked to stop, ended. What happens in them, their jobs tell. */
@ApplicationScoped
public class AttemptLog {
    private final Sql sql;
    private final RunLogs logs;

    /** For the container's proxy only. */
    protected AttemptLog() {
        this(null, null);
    }

    @Inject
    public AttemptLog(Sql sql, RunLogs logs) {
        this.sql = sql;
        this.logs = logs;
    }

    /** The claim is committed. The first one tells of the queueing, too: a request that was rolled back leaves no log. */
    void claimed(Attempt attempt, String node, List<DeviceId> devices, QueuedBefore before) {
        if (attempt.number() == 1) {
            logs.append(attempt.run(), "queued by " + before.by() + " at " + before.at());
        }
        logs.append(
                attempt.run(),
                "node " + node + " claims the run on "
                        + devices.stream().map(DeviceId::value).collect(Collectors.joining(", ")) + ": attempt "
                        + attempt.number()
                        + before.reason().map(why -> " (" + why + ")").orElse(""));
    }

    void admitted(Attempt attempt, long executionId) {
        append(attempt, "begins as execution " + executionId);
    }

    void failed(Attempt attempt, String why) {
        append(attempt, "fails: " + why);
    }

    void cutShort(Attempt attempt, String why) {
        append(attempt, "ends because its node stops; it goes on later (" + why + ")");
    }

    void askedToStop(Attempt attempt, String who) {
        append(attempt, "is asked to stop by " + who);
    }

    /** Asks no database. */
    void fenced(Attempt attempt) {
        append(
                attempt,
                "stops within a slab, to go on later: its node has not reached the database for "
                        + Durations.SELF_FENCE.toSeconds() + " s");
    }

    void stalled(Attempt attempt, String what) {
        append(attempt, what);
    }

    void givenUp(Attempt attempt, String why) {
        append(attempt, "is given up: " + why);
    }

    /** The attempt is over, and what becomes of its run is committed. */
    void ended(Attempt attempt) {
        sql.list(
                        row -> "device " + row.getString(1) + " is left alone until "
                                + row.getTimestamp(2).toInstant() + ": " + row.getString(3),
                        "select device.id, quarantined_until, quarantine_reason from run_failure failure"
                                + " join run on run.id = failure.run join device on device.node = run.node"
                                + " and device.id = failure.device and quarantine_reason = failure.message"
                                + " where failure.run = ? and failure.attempt = ?",
                        attempt.run().value(),
                        attempt.number())
                .forEach(line -> logs.append(attempt.run(), line));
        sql.list(
                        row -> "has ended after " + ElapsedTime.ofSeconds(row.getDouble("attempt_seconds"))
                                + "; the run is " + row.getString("state")
                                + (row.getBoolean("over")
                                        ? ", " + ElapsedTime.ofSeconds(row.getDouble("run_seconds")) + " after it began"
                                        : "")
                                + (row.getString("reason") == null ? "" : ": " + row.getString("reason")),
                        "select state, reason, ended_at is not null as over,"
                                + " extract(epoch from coalesce(ended_at, clock_timestamp()) - claimed_at) as attempt_seconds,"
                                + " extract(epoch from ended_at - started_at) as run_seconds"
                                + " from run where id = ? and attempt = ?",
                        attempt.run().value(),
                        attempt.number())
                .forEach(line -> append(attempt, line));
    }

    private void append(Attempt attempt, String what) {
        logs.append(attempt.run(), "attempt " + attempt.number() + " " + what);
    }
}
