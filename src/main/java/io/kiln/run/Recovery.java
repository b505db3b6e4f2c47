package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Takes over what a dead process has left: its runs go on from their ledgers, and the batch runtime's rows show no execution that nobody executes. */
@ApplicationScoped
@Transactional
public class Recovery {
    private static final String DEAD = " in ('STARTING', 'STARTED', 'STOPPING')";

    private final Sql sql;
    private final RunTransitions transitions;
    private final Requeue requeue;
    private final DeviceLeases leases;
    private final RunLogs logs;

    /** For the container's proxy only. */
    protected Recovery() {
        this(null, null, null, null, null);
    }

    @Inject
    public Recovery(Sql sql, RunTransitions transitions, Requeue requeue, DeviceLeases leases, RunLogs logs) {
        this.sql = sql;
        this.transitions = transitions;
        this.requeue = requeue;
        this.leases = leases;
        this.logs = logs;
    }

    /** A run that an attempt held. */
    private record Left(
            Attempt attempt, RunState state, String node, boolean drained, Optional<String> stopRequested) {}

    /** Queues the runs of earlier processes of this node, before it registers; those that were asked to stop, have. */
    void takeOverOwn(Claimant claimant) {
        takeOver("run.node = ? and run.boot is distinct from ?", claimant.node(), claimant.boot());
        sql.update("delete from device_lease where node = ?", claimant.node());
    }

    /** The same for nodes whose heart has stopped, and for what somebody had locked when this node was started. */
    void takeOverDead(Claimant claimant) {
        takeOver(
                "(run.node = ? and run.boot is distinct from ? or run.node <> ? and not exists (select 1 from node n"
                        + " where n.name = run.node and n." + NodeService.ALIVE + "))",
                claimant.node(),
                claimant.boot(),
                claimant.node());
        leases.releaseOrphans();
    }

    private void takeOver(String which, Object... values) {
        List<Left> left = sql.list(
                row -> new Left(
                        new Attempt(RunId.parse(row.getString("id")), row.getInt("attempt")),
                        RunState.valueOf(row.getString("state")),
                        row.getString("node"),
                        row.getBoolean("drained"),
                        Optional.ofNullable(row.getString("stop_requested"))),
                "select run.id, attempt, state, run.node, stop_requested, exists (select 1 from node d where d.name = run.node"
                        + " and d.draining) as drained from run where state in ('RUNNING', 'PUBLISHING') and " + which
                        + " for update of run skip locked",
                values);
        for (Left run : left) {
            String reason = "node " + run.node() + " was lost while it was " + run.state();
            // why not while it published: then the place may be between the old output and the new
            if (run.state() == RunState.RUNNING && run.stopRequested().isPresent()) {
                String who = run.stopRequested().get();
                transitions.stopped(run.attempt(), run.state(), who);
                logs.append(run.attempt().run(), reason + "; the run is stopped, as " + who + " had asked");
            } else if (run.drained()) {
                requeue.drained(run.attempt(), run.state(), reason);
            } else {
                requeue.lost(run.attempt(), run.state(), reason);
            }
            leases.release(run.attempt());
        }
    }

    /**
     * Marks executions as failed that nobody executes: those of runs that are not active, and where no other node lives, all. Called at start, before
     * this node executes anything.
     */
    int clearBatchRuntime(Claimant claimant) {
        List<Long> dead = sql.list(
                row -> row.getLong(1),
                "update job_execution set batchstatus = 'FAILED', exitstatus = 'LOST: its server process ended',"
                        + " endtime = clock_timestamp(), lastupdatedtime = clock_timestamp() where batchstatus" + DEAD
                        + " and (not exists (select 1 from node where name <> ? and " + NodeService.ALIVE + ")"
                        + " or (jobparameters like '%run%' and not exists (select 1 from run"
                        + " where state in ('RUNNING', 'PUBLISHING') and position(run.id::text in jobparameters) > 0)))"
                        + " returning jobexecutionid",
                claimant.node());
        for (Long execution : dead) {
            sql.update(
                    "update partition_execution set batchstatus = 'FAILED' where batchstatus" + DEAD
                            + " and stepexecutionid in (select stepexecutionid from step_execution"
                            + " where jobexecutionid = ?)",
                    execution);
            sql.update(
                    "update step_execution set batchstatus = 'FAILED', endtime = clock_timestamp()"
                            + " where jobexecutionid = ? and batchstatus" + DEAD,
                    execution);
            sql.update(
                    "update run_execution set ended_at = clock_timestamp()"
                            + " where execution_id = ? and ended_at is null",
                    execution);
        }
        return dead.size();
    }
}
