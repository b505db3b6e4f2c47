package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The only writer of a run's state: each change is one conditional update with its event, in one statement. False means that the run was not in that
 * state (or attempt) any more, and nothing was changed.
 */
@ApplicationScoped
@Transactional
public class RunTransitions {
    private static final String CLEAR_DISK_HOLD = ", hold_folder = null, hold_bytes = null";
    private static final String CLEAR_HOLD = CLEAR_DISK_HOLD + ", stopped_outside = null";
    private static final String LEAVE_NODE = ", lease_token = null, execution_id = null, stop_requested = null";
    private static final String CHANGED = " returning run.id, run.batch, run.item, run.attempt, run.state, run.reason)";
    private static final String TELL = " insert into event (kind, batch, item, run, attempt, state, reason)"
            + " select 'run', batch, item, id, attempt, state, reason from changed";

    private final Sql sql;

    /** For the container's proxy only. */
    protected RunTransitions() {
        this(null);
    }

    @Inject
    public RunTransitions(Sql sql) {
        this.sql = sql;
    }

    /** A queued run is stopped, skipped, or one that is over is queued again. */
    public boolean move(RunId run, RunState from, RunState to, String reason) {
        return apply(run, null, from, to, reason, columns(from, to));
    }

    /**
     * The same for many runs at once, each for a reason of its own.
     *
     * @return those that were in that state
     */
    public Set<RunId> move(Map<RunId, String> reasons, RunState from, RunState to) {
        requireLegal(from, to);
        // why: in one order, or two that change the same runs might wait for each other
        List<RunId> runs = reasons.keySet().stream()
                .sorted(Comparator.comparing(RunId::value))
                .toList();
        return new HashSet<>(sql.list(
                row -> RunId.parse(row.getString("run")),
                "with wanted as (select told.id, told.reason from unnest(?, ?) told (id, reason)"
                        + Sql.each("select state from run where run.id = told.id for update", "present")
                        + " where present.state = ?),"
                        + " changed as (update run set state = ?, reason = wanted.reason, stalled_since = null"
                        + columns(from, to) + " from wanted where run.id = wanted.id" + CHANGED + TELL
                        + " returning run",
                runs.stream().map(RunId::value).toArray(UUID[]::new),
                runs.stream().map(reasons::get).toArray(String[]::new),
                from,
                to));
    }

    /** The attempt's run goes on to another state; refused to any but the newest attempt. */
    public boolean move(Attempt attempt, RunState from, RunState to, String reason) {
        return apply(attempt.run(), attempt.number(), from, to, reason, columns(from, to));
    }

    /** The attempt's run has ended because somebody asked for it. */
    boolean stopped(Attempt attempt, RunState from, String who) {
        return move(attempt, from, RunState.STOPPED, "stopped by " + who);
    }

    /** The attempt's run waits until the folder's file system has this many bytes free. */
    public boolean hold(Attempt attempt, RunState from, String reason, String folder, long bytes) {
        return apply(
                attempt.run(),
                attempt.number(),
                from,
                RunState.QUEUED,
                reason,
                ", ended_at = null" + LEAVE_NODE + ", hold_folder = ?, hold_bytes = ?",
                folder,
                bytes);
    }

    /** The attempt's execution was stopped, and not through Kiln: its run waits until it is clear whether the server goes down. */
    public boolean stoppedOutside(Attempt attempt, RunState from, String reason) {
        return apply(
                attempt.run(),
                attempt.number(),
                from,
                RunState.QUEUED,
                reason,
                ", ended_at = null" + LEAVE_NODE + CLEAR_DISK_HOLD + ", stopped_outside = clock_timestamp()");
    }

    /** A queued run is claimed for this server process, with a fresh token that admits one execution. */
    public boolean claim(RunId run, Claimant claimant, UUID token) {
        return apply(
                run,
                null,
                RunState.QUEUED,
                RunState.RUNNING,
                null,
                columns(RunState.QUEUED, RunState.RUNNING),
                claimant.node(),
                claimant.boot(),
                token);
    }

    private static String columns(RunState from, RunState to) {
        return switch (to) {
            case RUNNING ->
                ", attempt = attempt + 1, node = ?, boot = ?, lease_token = ?, execution_id = null"
                        + ", stop_requested = null, claimed_at = clock_timestamp()"
                        + ", started_at = coalesce(started_at, clock_timestamp()), ended_at = null" + CLEAR_HOLD;
            case PUBLISHING -> "";
            case COMPLETED ->
                ", ended_at = clock_timestamp(), lease_token = null, incomplete ="
                        + " exists (select 1 from ledger where ledger.run = run.id and outcome = 'SKIPPED')";
            case FAILED, STOPPED, SKIPPED -> ", ended_at = clock_timestamp(), lease_token = null" + CLEAR_HOLD;
            case QUEUED ->
                ", ended_at = null" + LEAVE_NODE + CLEAR_HOLD
                        // whoever queues it again has looked into what ended its attempts
                        + (from.isOver() ? ", idle_attempts = 0" : "");
        };
    }

    private boolean apply(
            RunId run, Integer attempt, RunState from, RunState to, String reason, String columns, Object... values) {
        requireLegal(from, to);
        List<Object> all = new ArrayList<>();
        all.add(to);
        all.add(reason);
        all.addAll(Arrays.asList(values));
        all.add(run.value());
        all.add(from);
        if (attempt != null) {
            all.add(attempt);
        }
        return sql.update(
                        "with changed as (update run set state = ?, reason = ?, stalled_since = null" + columns
                                + " where id = ? and state = ?" + (attempt == null ? "" : " and attempt = ?")
                                + CHANGED + TELL,
                        all.toArray())
                == 1;
    }

    private static void requireLegal(RunState from, RunState to) {
        if (!from.mayBecome(to)) {
            throw new IllegalArgumentException("a run never goes from " + from + " to " + to);
        }
    }
}
