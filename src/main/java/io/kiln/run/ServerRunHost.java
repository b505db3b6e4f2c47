package io.kiln.run;

import io.kiln.device.DeviceId;
import io.kiln.job.Assignment;
import io.kiln.job.Attempt;
import io.kiln.job.FailureText;
import io.kiln.job.LostRunException;
import io.kiln.job.RunHost;
import io.kiln.job.RunId;
import io.kiln.job.SlabOutcome;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the jobs of this server ask and tell, answered from PostgreSQL. */
@ApplicationScoped
@Transactional
public class ServerRunHost implements RunHost {
    private static final Logger LOG = Logger.getLogger(ServerRunHost.class.getName());

    private final Sql sql;
    private final Admission admission;
    private final Assignments assignments;
    private final RunLedger ledger;
    private final Lanes lanes;
    private final RunTransitions transitions;
    private final DeviceLeases leases;
    private final AttemptEnd end;
    private final LostDevices lostDevices;
    private final LiveAttempts live;
    private final MovedRoots moved;
    private final AwayRoots away;
    private final RunLogs logs;
    private final AttemptLog log;

    /** For the container's proxy only. */
    protected ServerRunHost() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public ServerRunHost(
            Sql sql,
            Admission admission,
            Assignments assignments,
            RunLedger ledger,
            Lanes lanes,
            RunTransitions transitions,
            DeviceLeases leases,
            AttemptEnd end,
            LostDevices lostDevices,
            LiveAttempts live,
            MovedRoots moved,
            AwayRoots away,
            RunLogs logs,
            AttemptLog log) {
        this.sql = sql;
        this.admission = admission;
        this.assignments = assignments;
        this.ledger = ledger;
        this.lanes = lanes;
        this.transitions = transitions;
        this.leases = leases;
        this.end = end;
        this.lostDevices = lostDevices;
        this.live = live;
        this.moved = moved;
        this.away = away;
        this.logs = logs;
        this.log = log;
    }

    @Override
    public Optional<Attempt> admit(RunId run, String token, long executionId) {
        Optional<Attempt> admitted = admission.admit(run, token, executionId);
        admitted.ifPresent(attempt -> {
            live.seen(attempt);
            log.admitted(attempt, executionId);
        });
        return admitted;
    }

    @Override
    public Assignment assignment(RunId run) {
        Assignment assignment = assignments.of(run);
        moved.begins(assignment.attempt());
        return assignment;
    }

    @Override
    public Optional<Plan> plan(RunId run) {
        return ledger.plan(run);
    }

    @Override
    public void keepPlan(Attempt attempt, Plan plan) {
        ledger.keepPlan(attempt, plan);
    }

    @Override
    public List<UnitRange> settled(RunId run, SlabOutcome outcome) {
        return ledger.settled(run, outcome);
    }

    @Override
    public void requireLease(Attempt attempt) {
        ledger.requireLease(attempt);
    }

    @Override
    public void settle(Attempt attempt, SlabOutcome outcome, List<UnitRange> units) {
        live.seen(attempt);
        ledger.settle(attempt, outcome, units);
    }

    @Override
    @Transactional(Transactional.TxType.SUPPORTS)
    public void laneBegins(Attempt attempt, DeviceId device, List<UnitRange> units) {
        lanes.begin(attempt, device, units);
    }

    @Override
    @Transactional(Transactional.TxType.SUPPORTS)
    public void laneEnds(Attempt attempt, DeviceId device) {
        lanes.end(attempt, device);
    }

    @Override
    @Transactional(Transactional.TxType.SUPPORTS)
    public boolean stopRequested(Attempt attempt) {
        live.seen(attempt);
        return live.isStopping(attempt);
    }

    @Override
    public void publishing(Attempt attempt) {
        if (!transitions.move(attempt, RunState.RUNNING, RunState.PUBLISHING, null)) {
            require(attempt, RunState.PUBLISHING);
        }
        leases.release(attempt);
    }

    @Override
    public void completed(Attempt attempt) {
        if (!transitions.move(attempt, RunState.PUBLISHING, RunState.COMPLETED, null)) {
            require(attempt, RunState.COMPLETED);
        }
    }

    @Override
    @Transactional(Transactional.TxType.SUPPORTS)
    public void failed(Attempt attempt, Throwable failure) {
        if (live.isStoppingAll()) {
            // why: what fails while the server is taken from under it, is not the run's failure
            log.cutShort(attempt, FailureText.of(failure));
            LOG.log(
                    Level.FINE,
                    failure,
                    () -> "attempt " + attempt.number() + " of run " + attempt.run() + " is cut short");
            return;
        }
        Throwable cause = away.explained(attempt, moved.explained(attempt, failure));
        log.failed(attempt, FailureText.of(cause));
        LOG.log(
                FailureKind.isForeseen(cause) ? Level.FINE : Level.WARNING,
                cause,
                () -> "attempt " + attempt.number() + " of run " + attempt.run() + " fails");
        end.note(attempt, cause);
    }

    @Override
    @Transactional(Transactional.TxType.SUPPORTS)
    public void ended(Attempt attempt, long executionId, boolean failed) {
        lostDevices.recover(attempt);
        end.ended(attempt, executionId, failed);
        moved.ended(attempt);
        log.ended(attempt);
    }

    @Override
    @Transactional(Transactional.TxType.SUPPORTS)
    public void log(RunId run, String line) {
        logs.append(run, line);
    }

    private void require(Attempt attempt, RunState state) {
        if (!sql.exists(
                "select 1 from run where id = ? and attempt = ? and state = ?",
                attempt.run().value(),
                attempt.number(),
                state)) {
            throw new LostRunException(attempt);
        }
    }
}
