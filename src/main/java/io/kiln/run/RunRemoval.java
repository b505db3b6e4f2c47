package io.kiln.run;

import io.kiln.event.AuditLog;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Takes runs away that are over. */
@ApplicationScoped
@Transactional
public class RunRemoval {
    private final Sql sql;
    private final RunService runs;
    private final RunRemains remains;
    private final Ownership ownership;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected RunRemoval() {
        this(null, null, null, null, null);
    }

    @Inject
    public RunRemoval(Sql sql, RunService runs, RunRemains remains, Ownership ownership, AuditLog audit) {
        this.sql = sql;
        this.runs = runs;
        this.remains = remains;
        this.ownership = ownership;
        this.audit = audit;
    }

    /**
     * Forgets a run that is over, with its log and its work folder; its output stays.
     *
     * @throws RunStateException when it is not over
     * @throws io.kiln.access.NotYoursException when its batch is somebody else's alone
     */
    public void delete(RunId id, String who) {
        ownership.requireMayChange(id);
        RunState state = runs.find(id).state();
        if (state.isOver()) {
            remains.delete(id);
        }
        if (sql.update("delete from run where id = ? and state not in ('QUEUED', 'RUNNING', 'PUBLISHING')", id.value())
                == 0) {
            throw new RunStateException(id, state, "deleted", "stop it first");
        }
        audit.add(who, "delete run", id.toString(), JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Makes ready for the runs of a batch or item to be deleted with it: nothing of them stays but their outputs.
     *
     * @param owner {@code batch} or {@code item}
     * @throws RunStateException when one of the owner's runs is active
     */
    public void deleteRemains(String owner, UUID id) {
        requireIdle(owner, id);
        remains.deleteOf(owner, id);
    }

    private void requireIdle(String owner, UUID id) {
        sql.first(
                        row -> new RunStateException(
                                RunId.parse(row.getString("id")),
                                RunState.valueOf(row.getString("state")),
                                "taken away with its " + owner,
                                "stop it first"),
                        "select id, state from run where " + owner + " = ? and state in ('RUNNING', 'PUBLISHING')",
                        id)
                .ifPresent(active -> {
                    throw active;
                });
    }
}
