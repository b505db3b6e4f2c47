package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What becomes of executions that were refused: their runs are queued, where their state allows it. */
@ApplicationScoped
@Transactional
public class RunRequests {
    private final Sql sql;
    private final RunTransitions transitions;
    private final Successors successors;
    private final RunLogs logs;

    /** For the container's proxy only. */
    protected RunRequests() {
        this(null, null, null, null);
    }

    @Inject
    public RunRequests(Sql sql, RunTransitions transitions, Successors successors, RunLogs logs) {
        this.sql = sql;
        this.transitions = transitions;
        this.successors = successors;
        this.logs = logs;
    }

    /** A run that is queued, active or completed stays as it is, as does one whose place has been given to another. */
    void handle() {
        List<UUID> runs = sql.list(row -> row.getObject("run", UUID.class), "delete from run_request returning run");
        runs.stream().distinct().map(RunId::new).forEach(this::restart);
    }

    private void restart(RunId run) {
        Optional<RunId> successor = successors.of(run);
        if (successor.isPresent()) {
            logs.append(
                    run,
                    "not restarted from the batch runtime: the place of its output was given to run " + successor.get()
                            + " since");
            return;
        }
        for (RunState over : RunState.QUEUED.sources()) {
            if (over.isOver()) {
                transitions.move(run, over, RunState.QUEUED, "restarted from the batch runtime");
            }
        }
    }
}
