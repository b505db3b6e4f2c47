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
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes the next run from the queue for a node: one transaction, in which the run gets its attempt, token and devices, or nothing happens. The order is
 * urgent runs, priority, tries before fulls, then place in the queue. A run that waits for devices is not overtaken on its node, so that nothing starves; one whose
 * batch holds as many as it may is.
 */
@ApplicationScoped
@Transactional
public class RunClaims {
    private static final String NEXT = "select run.id, run.pipeline, run.target, run.devices, run.attempt,"
            + " run.queued_by, run.queued_at, run.reason,"
            + " (select max_devices from batch where batch.id = run.batch) as max_devices,"
            + " (select max(execution_id) from run_execution where run_execution.run = run.id) as latest"
            + " from run where run.state = 'QUEUED' and run.target = any(?) and run.devices <= ? and "
            + QueueReasons.READY
            + " order by run.urgent desc, run.priority desc, run.is_try desc, run.queue_order limit 1 for update of run skip locked";

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
        if (free.isEmpty()) {
            return new Outcome.Nothing();
        }
        Optional<Candidate> candidate = candidate(usable.size());
        if (candidate.isEmpty()) {
            return new Outcome.Nothing();
        }
        int wanted = candidate.get().wanted(usable.size());
        if (wanted > free.size() || !mayHoldMore(candidate.get())) {
            return new Outcome.Nothing();
        }
        RunId run = candidate.get().run();
        Optional<DiskHolds.Shortage> shortage = holds.shortage(run);
        if (shortage.isPresent()) {
            holds.hold(run, shortage.get());
            return new Outcome.Held(run);
        }
        return claim(candidate.get(), claimant, free.subList(0, wanted));
    }

    /**
     * Whether the run's batch still has room for it, asked under the batch's lock: another node may have taken the room since. A batch that somebody else
     * has locked is left alone; what they change wakes the dispatcher, which looks again.
     */
    private boolean mayHoldMore(Candidate candidate) {
        return candidate.maxDevices().isEmpty()
                || sql.exists(
                                "select 1 from batch where id = (select batch from run where id = ?)"
                                        + " for no key update skip locked",
                                candidate.run().value())
                        && sql.exists(
                                "select 1 from run where id = ? and " + QueueReasons.READY,
                                candidate.run().value());
    }

    private Outcome claim(Candidate candidate, Claimant claimant, List<DeviceId> devices) {
        StartOrder order = candidate.order(UUID.randomUUID());
        if (!transitions.claim(candidate.run(), claimant, order.token())) {
            return new Outcome.Nothing();
        }
        leases.take(claimant.node(), devices, order.attempt());
        return new Outcome.Claimed(order, devices, candidate.before());
    }

    private Optional<Candidate> candidate(int usableDevices) {
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
                        Optional.ofNullable(row.getObject("max_devices", Integer.class)),
                        Optional.ofNullable(row.getObject("latest", Long.class))),
                NEXT,
                targets.names().stream().map(TargetName::value).toArray(String[]::new),
                usableDevices);
    }
}
