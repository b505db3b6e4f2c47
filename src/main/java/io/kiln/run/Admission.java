package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.target.Lease;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Lets one execution into an attempt, known by the attempt's token; files a request for every other. */
@ApplicationScoped
@Transactional
public class Admission {
    private final Sql sql;
    private final LiveAttempts live;

    /** For the container's proxy only. */
    protected Admission() {
        this(null, null);
    }

    @Inject
    public Admission(Sql sql, LiveAttempts live) {
        this.sql = sql;
        this.live = live;
    }

    Optional<Attempt> admit(RunId run, String text, long executionId) {
        Optional<Lease> lease = Optional.ofNullable(text).flatMap(Lease::parse);
        Optional<Attempt> admitted = lease.flatMap(given -> admit(run, given, executionId));
        admitted.ifPresentOrElse(attempt -> begin(attempt, executionId), () -> refuse(run, lease, executionId));
        return admitted;
    }

    private Optional<Attempt> admit(RunId run, Lease lease, long executionId) {
        return sql.first(
                row -> new Attempt(run, row.getInt(1)),
                "update run set execution_id = ?, lease_token = null where id = ? and attempt = ? and lease_token = ?"
                        + " and state = 'RUNNING' returning attempt",
                executionId,
                run.value(),
                lease.attempt(),
                lease.token());
    }

    private void begin(Attempt attempt, long executionId) {
        sql.update(
                "insert into run_execution (execution_id, run, attempt, node, devices)"
                        + " select ?, id, attempt, node, array(select device from device_lease l"
                        + " where l.run = run.id and l.attempt = run.attempt order by device) from run where id = ?",
                executionId,
                attempt.run().value());
        live.add(attempt);
    }

    /** An execution of an attempt that no other one has begun was started by the queue, and has waited too long for a thread: nobody wants the run again. */
    private void refuse(RunId run, Optional<Lease> lease, long executionId) {
        boolean isLate = lease.filter(given -> !sql.exists(
                        "select 1 from run_execution where run = ? and attempt = ?", run.value(), given.attempt()))
                .isPresent();
        if (!isLate) {
            request(run, executionId);
        }
        tell(
                run,
                "execution " + executionId + " was refused: "
                        + (isLate ? "it came too late, its run was taken for lost" : "only the queue starts a run"));
    }

    private void request(RunId run, long executionId) {
        sql.update(
                "insert into run_request (run, execution_id) select id, ? from run where id = ?",
                executionId,
                run.value());
    }

    /** The event wakes the dispatcher, which queues the run where that is asked for. */
    private void tell(RunId run, String reason) {
        sql.update(
                "insert into event (kind, batch, item, run, attempt, state, reason)"
                        + " select 'run', batch, item, id, attempt, state, ? from run where id = ?",
                reason,
                run.value());
    }
}
