package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
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

    Optional<Attempt> admit(RunId run, String token, long executionId) {
        Optional<Attempt> admitted = sql.first(
                row -> new Attempt(run, row.getInt(1)),
                "update run set execution_id = ?, lease_token = null where id = ? and lease_token::text = ?"
                        + " and state = 'RUNNING' returning attempt",
                executionId,
                run.value(),
                token);
        admitted.ifPresentOrElse(attempt -> begin(attempt, executionId), () -> request(run, executionId));
        return admitted;
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

    /** The event wakes the dispatcher, which queues the run instead. */
    private void request(RunId run, long executionId) {
        sql.update(
                "insert into run_request (run, execution_id) select id, ? from run where id = ?",
                executionId,
                run.value());
        sql.update(
                "insert into event (kind, batch, item, run, attempt, state, reason)"
                        + " select 'run', batch, item, id, attempt, state, ? from run where id = ?",
                "execution " + executionId + " was refused: only the queue starts a run",
                run.value());
    }
}
