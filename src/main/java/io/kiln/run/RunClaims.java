package io.kiln.run;

import io.kiln.device.DeviceId;
import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.PipelineName;
import io.kiln.target.StartOrder;
import io.kiln.target.TargetName;
import io.kiln.target.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes the next run from the queue for a node: one transaction, in which the run gets its attempt, token and devices, or nothing happens. The order is
 * urgent runs, priority, tries before fulls, then place in the queue. A run that waits for devices is not overtaken on its node, so that nothing starves; one whose
 * batch holds as many as it may is, and one that somebody else is just changing.
 */
@ApplicationScoped
@Transactional
public class RunClaims {
    private static final String NEXT = "select run.id, run.pipeline, run.target, run.devices, run.attempt,"
            + " run.queued_by, run.queued_at, run.reason,"
            + " run.batch, (select max_devices from batch where batch.id = run.batch) as max_devices,"
            + " (select max(execution_id) from run_execution where run_execution.run = run.id) as latest"
            + " from run where run.state = 'QUEUED' and run.target = any(?) and run.devices <= ?"
            + " and run.id <> all(?) and run.batch <> all(?) and " + QueueReasons.READY
            + " order by run.urgent desc, run.priority desc, run.is_try desc, run.queue_order limit 1";

    /** Each of them keeps a thread of the batch runtime, and more starts than it has threads for would wait in it until their runs are taken for lost. */
    static final int MOST_PUBLISHING = 8;

    /** More that somebody else is changing are likely changed together; when that is done, the dispatcher looks again. */
    private static final int MOST_PASSED_OVER = 16;

    private final Sql sql;
    private final RunTransitions transitions;
    private final DeviceLeases leases;
    private final DiskHolds holds;
    private final Targets targets;

    /** For the container's proxy only. */
    protected RunClaims() {
        this(null, null, null, null, null);
    }

    @Inject
    public RunClaims(Sql sql, RunTransitions transitions, DeviceLeases leases, DiskHolds holds, Targets targets) {
        this.sql = sql;
        this.transitions = transitions;
        this.leases = leases;
        this.holds = holds;
        this.targets = targets;
    }

    /** A run that nothing but devices can keep waiting. */
    private record Candidate(
            RunId run,
            QueuedBefore before,
            PipelineName pipeline,
            TargetName target,
            int devices,
            int attempt,
            UUID batch,
            Optional<Integer> maxDevices,
            Optional<Long> latest) {
        /** How many of so many usable devices it takes. */
        int wanted(int usable) {
            return devices == 0 ? Math.min(usable, maxDevices.orElse(usable)) : devices;
        }

        StartOrder order(UUID token) {
            return new StartOrder(new Attempt(run, attempt + 1), pipeline, target, token, latest);
        }
    }

    /** What looking for the next run has come to. */
    sealed interface Outcome {
        /** A run is claimed; it is to be started once the transaction is committed. */
        record Claimed(StartOrder order, List<DeviceId> devices, QueuedBefore before) implements Outcome {}

        /** The run that was next is held for want of disk space; there may be another. */
        record Held(RunId run) implements Outcome {}

        /** Nothing can start now. */
        record Nothing() implements Outcome {}
    }

    Outcome next(Claimant claimant) {
        List<DeviceId> usable = leases.usable(claimant.node());
        List<DeviceId> held = leases.held(claimant.node());
        List<DeviceId> free =
                usable.stream().filter(device -> !held.contains(device)).toList();
        if (free.isEmpty() || publishing(claimant) >= MOST_PUBLISHING) {
            return new Outcome.Nothing();
        }
        Set<UUID> passedRuns = new HashSet<>();
        Set<UUID> passedBatches = new HashSet<>();
        while (passedRuns.size() + passedBatches.size() < MOST_PASSED_OVER) {
            Optional<Candidate> next = candidate(usable.size(), passedRuns, passedBatches);
            if (next.isEmpty() || next.get().wanted(usable.size()) > free.size()) {
                return new Outcome.Nothing();
            }
            Candidate candidate = next.get();
            if (!mayCountItsBatch(candidate)) {
                passedBatches.add(candidate.batch());
            } else if (!isOurs(candidate)) {
                passedRuns.add(candidate.run().value());
            } else {
                return take(candidate, claimant, free.subList(0, candidate.wanted(usable.size())));
            }
        }
        return new Outcome.Nothing();
    }

    private int publishing(Claimant claimant) {
        return sql.first(
                        row -> row.getInt(1),
                        "select count(*) from run where node = ? and state = 'PUBLISHING'",
                        claimant.node())
                .orElseThrow();
    }

    /**
     * Whether nobody else can claim a run of a batch that may hold so many devices, until this transaction ends. A batch that somebody has locked for
     * longer is passed over; what they change wakes the dispatcher.
     */
    private boolean mayCountItsBatch(Candidate candidate) {
        return candidate.maxDevices().isEmpty()
                || sql.exists("select 1 from batch where id = ? for no key update skip locked", candidate.batch());
    }

    /**
     * Locks the run, if it is as it was found. One that waits for devices is never locked: a node that has them would take it for claimed, and the next
     * one in its stead.
     */
    private boolean isOurs(Candidate candidate) {
        return sql.exists(
                "select 1 from run where id = ? and state = 'QUEUED' and attempt = ? and " + QueueReasons.READY
                        + " for update of run skip locked",
                candidate.run().value(),
                candidate.attempt());
    }

    private Outcome take(Candidate candidate, Claimant claimant, List<DeviceId> devices) {
        Optional<DiskHolds.Shortage> shortage = holds.shortage(candidate.run());
        if (shortage.isPresent()) {
            holds.hold(candidate.run(), shortage.get());
            return new Outcome.Held(candidate.run());
        }
        return claim(candidate, claimant, devices);
    }

    private Outcome claim(Candidate candidate, Claimant claimant, List<DeviceId> devices) {
        StartOrder order = candidate.order(UUID.randomUUID());
        if (!transitions.claim(candidate.run(), claimant, order.token())) {
            return new Outcome.Nothing();
        }
        leases.take(claimant.node(), devices, order.attempt());
        return new Outcome.Claimed(order, devices, candidate.before());
    }

    private Optional<Candidate> candidate(int usableDevices, Set<UUID> passedRuns, Set<UUID> passedBatches) {
        return sql.first(
                row -> new Candidate(
                        RunId.parse(row.getString("id")),
                        new QueuedBefore(
                                row.getString("queued_by"),
                                row.getTimestamp("queued_at").toInstant(),
                                Optional.ofNullable(row.getString("reason"))),
                        new PipelineName(row.getString("pipeline")),
                        new TargetName(row.getString("target")),
                        row.getInt("devices"),
                        row.getInt("attempt"),
                        row.getObject("batch", UUID.class),
                        Optional.ofNullable(row.getObject("max_devices", Integer.class)),
                        Optional.ofNullable(row.getObject("latest", Long.class))),
                NEXT,
                targets.names().stream().map(TargetName::value).toArray(String[]::new),
                usableDevices,
                passedRuns.toArray(UUID[]::new),
                passedBatches.toArray(UUID[]::new));
    }
}
