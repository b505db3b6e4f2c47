package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** What becomes of executions that were refused: their runs are queued, where their state allows it. */
@ApplicationScoped
@Transactional
public class RunRequests {
    private final Sql sql;
    private final RunTransitions transitions;

    /** For the container's proxy only. */
    protected RunRequests() {
        this(null, null);
    }

    @Inject
    public RunRequests(Sql sql, RunTransitions transitions) {
        this.sql = sql;
        this.transitions = transitions;
    }

    /** A run that is queued, active or completed stays as it is. */
    void handle() {
        List<UUID> runs = sql.list(row -> row.getObject("run", UUID.class), "delete from run_request returning run");
        for (UUID run : runs.stream().distinct().toList()) {
            for (RunState over : RunState.QUEUED.sources()) {
                if (over.isOver()) {
                    transitions.move(new RunId(run), over, RunState.QUEUED, "restarted from the batch runtime");
                }
            }
        }
    }
}
