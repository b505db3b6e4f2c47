package io.kiln.run;

import io.kiln.event.AuditLog;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Puts runs into the queue: new ones, and again those that failed or were stopped. */
@ApplicationScoped
@Transactional
public class RunQueue {
    private final EntityManager entities;
    private final Sql sql;
    private final RunService runs;
    private final RunTransitions transitions;
    private final Successors successors;
    private final Ownership ownership;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected RunQueue() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public RunQueue(
            EntityManager entities,
            Sql sql,
            RunService runs,
            RunTransitions transitions,
            Successors successors,
            Ownership ownership,
            AuditLog audit) {
        this.entities = entities;
        this.sql = sql;
        this.runs = runs;
        this.transitions = transitions;
        this.successors = successors;
        this.ownership = ownership;
        this.audit = audit;
    }

    /**
     * Adds a run at the end.
     *
     * @param skipped why there is nothing to do, empty where there is
     */
    public void add(RunOrder order, Optional<String> skipped) {
        Run run = new Run(order);
        entities.persist(run);
        entities.flush();
        // why: what is managed is compared at each flush, that is at each run that is queued after this one
        entities.detach(run);
        sql.update(
                "insert into event (kind, batch, item, run, attempt, state) values ('run', ?, ?, ?, 0, 'QUEUED')",
                order.batch().value(),
                order.item().value(),
                order.id().value());
        skipped.ifPresent(reason -> transitions.move(order.id(), RunState.QUEUED, RunState.SKIPPED, reason));
    }

    /**
     * Queues a failed or stopped run again; it goes on from what its ledger holds.
     *
     * @throws RunStateException in any other state, and where its place has been given to another run since
     * @throws io.kiln.access.NotYoursException when its batch is somebody else's alone
     */
    public void restart(RunId id, String who) {
        ownership.requireMayChange(id);
        RunState state = runs.find(id).state();
        successors.of(id).ifPresent(successor -> {
            throw new RunStateException(
                    id,
                    state,
                    "restarted",
                    "the place of its output was given to run " + successor + " since; queue its item again");
        });
        boolean queued = RunState.QUEUED.sources().stream()
                .filter(RunState::isOver)
                .anyMatch(from -> transitions.move(id, from, RunState.QUEUED, "restarted by " + who));
        if (!queued) {
            throw new RunStateException(
                    id, state, "restarted", "only a failed or stopped run can; queue its item again to repeat it");
        }
        sql.update("update run set idle_attempts = 0 where id = ?", id.value());
        audit.add(who, "restart run", id.toString(), JsonValue.EMPTY_JSON_OBJECT);
    }
}
