package io.kiln.run;

import io.kiln.device.DeviceId;
import io.kiln.device.DeviceLostException;
import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.job.Attempt;
import io.kiln.job.DeviceFailedException;
import io.kiln.job.DiskFullException;
import io.kiln.job.FailureText;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/** Settles the state of a run whose attempt has ended, by what was asked for and what was noted. */
@ApplicationScoped
@Transactional
public class AttemptEnd {
    private final Sql sql;
    private final RunTransitions transitions;
    private final Requeue requeue;
    private final DeviceLeases leases;
    private final DiskHolds holds;
    private final LiveAttempts live;

    /** For the container's proxy only. */
    protected AttemptEnd() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public AttemptEnd(
            Sql sql,
            RunTransitions transitions,
            Requeue requeue,
            DeviceLeases leases,
            DiskHolds holds,
            LiveAttempts live) {
        this.sql = sql;
        this.transitions = transitions;
        this.requeue = requeue;
        this.leases = leases;
        this.holds = holds;
        this.live = live;
    }

    /** What is known of an attempt that has ended. */
    private record Ended(
            RunState state,
            String node,
            String stopRequested,
            FailureKind kind,
            String device,
            String folder,
            long neededBytes,
            String message,
            Optional<RunId> yieldedTo) {
        static Ended read(ResultSet row) throws SQLException {
            String kind = row.getString("kind");
            return new Ended(
                    RunState.valueOf(row.getString("state")),
                    row.getString("node"),
                    row.getString("stop_requested"),
                    kind == null ? null : FailureKind.valueOf(kind),
                    row.getString("device"),
                    row.getString("folder"),
                    row.getLong("needed_bytes"),
                    row.getString("message"),
                    Optional.ofNullable(row.getString("urgent")).map(RunId::parse));
        }
    }

    /** Keeps why the attempt failed; the first note counts. Touches nothing that the attempt's own transaction may have locked. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void note(Attempt attempt, Throwable cause) {
        Optional<DeviceId> device = find(DeviceFailedException.class, cause)
                .map(DeviceFailedException::device)
                .or(() -> find(DeviceLostException.class, cause).map(DeviceLostException::device))
                .or(() -> find(OutOfDeviceMemoryException.class, cause).map(OutOfDeviceMemoryException::device));
        Optional<DiskFullException> disk = find(DiskFullException.class, cause);
        sql.update(
                "insert into run_failure (run, attempt, kind, device, folder, needed_bytes, message)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                attempt.run().value(),
                attempt.number(),
                FailureKind.of(cause),
                device.map(DeviceId::value).orElse(null),
                disk.map(full -> full.folder().toString()).orElse(null),
                disk.map(DiskFullException::neededBytes).orElse(null),
                FailureText.of(cause));
    }

    private static <T extends Throwable> Optional<T> find(Class<T> kind, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }

    /**
     * The attempt is lost: gives the run its next state and its devices back.
     *
     * @param reason why the run goes back to the queue if nothing was asked for and nothing noted
     */
    public void lost(Attempt attempt, String reason) {
        settle(attempt, from -> requeue.lost(attempt, from, reason));
    }

    /** The attempt's execution has ended. Where neither Kiln nor a failure ended it, it was stopped by somebody else. */
    public void ended(Attempt attempt, long executionId, boolean failed) {
        String execution = "execution " + executionId;
        if (failed) {
            lost(attempt, execution + " failed while nothing could be noted; the server's log says why");
        } else if (live.isStopping(attempt)) {
            lost(attempt, execution + " ended without anybody asking for it");
        } else {
            settle(attempt, from -> transitions.stoppedOutside(attempt, from, execution + OutsideStops.NOT_YET_CLEAR));
        }
    }

    private void settle(Attempt attempt, Consumer<RunState> unasked) {
        Optional<Ended> ended = sql.first(
                Ended::read,
                "select state, node, stop_requested, kind, device, folder, needed_bytes, message, (select urgent from"
                        + " run_yield where run_yield.run = run.id and run_yield.attempt = run.attempt limit 1) as urgent"
                        + " from run left join run_failure failure on failure.run = run.id and failure.attempt ="
                        + " run.attempt where run.id = ? and run.attempt = ? and state in ('RUNNING', 'PUBLISHING') for"
                        + " update of run",
                attempt.run().value(),
                attempt.number());
        ended.ifPresent(found -> settle(attempt, found, unasked));
        leases.release(attempt);
        sql.update(
                "update run_execution set ended_at = clock_timestamp()"
                        + " where run = ? and attempt = ? and ended_at is null",
                attempt.run().value(),
                attempt.number());
        live.remove(attempt);
    }

    private void settle(Attempt attempt, Ended ended, Consumer<RunState> unasked) {
        RunState from = ended.state();
        if (ended.kind() == FailureKind.DISK_FULL && ended.stopRequested() == null) {
            holds.hold(attempt, from, Path.of(ended.folder()), ended.neededBytes(), ended.message());
        } else if (ended.stopRequested() != null) {
            transitions.stopped(attempt, from, ended.stopRequested());
        } else if (isDraining(ended.node())) {
            // why: what fails while the server is taken from under it, may work
            requeue.drained(attempt, from, "its node was shut down or drained");
        } else if (ended.kind() == FailureKind.ERROR) {
            transitions.move(attempt, from, RunState.FAILED, ended.message());
        } else if (ended.kind() == FailureKind.DEVICE) {
            deviceFailed(attempt, ended);
        } else if (ended.kind() == FailureKind.DEVICE_FULL) {
            leases.rest(ended.node(), ended.device(), ended.message());
            requeue.deviceFull(attempt, from, ended.message());
        } else if (ended.kind() == FailureKind.DATABASE_BUSY) {
            requeue.databaseBusy(attempt, from, ended.message());
        } else if (ended.kind() == FailureKind.ROOT_AWAY) {
            requeue.rootAway(attempt, from, ended.message());
        } else if (ended.kind() == FailureKind.LOST || ended.kind() == FailureKind.DEVICE_LOST) {
            requeue.lost(attempt, from, ended.message());
        } else if (ended.yieldedTo().isPresent()) {
            requeue.yielded(attempt, from, ended.yieldedTo().get());
        } else {
            unasked.accept(from);
        }
    }

    private void deviceFailed(Attempt attempt, Ended ended) {
        if (leases.quarantine(ended.node(), ended.device(), ended.message())) {
            requeue.lost(attempt, ended.state(), ended.message());
        } else {
            transitions.move(attempt, ended.state(), RunState.FAILED, ended.message());
        }
    }

    private boolean isDraining(String node) {
        return sql.exists("select 1 from node where name = ? and draining", node);
    }
}
