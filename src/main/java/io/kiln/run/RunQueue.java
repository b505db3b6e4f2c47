package io.kiln.run;

import io.kiln.event.AuditLog;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

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
     * Adds runs at the end, in this order.
     *
     * @param skipped why there is nothing to do, of those where there is nothing
     */
    public void add(List<RunOrder> orders, Map<RunId, String> skipped) {
        List<Run> runs = orders.stream().map(Run::new).toList();
        runs.forEach(entities::persist);
        entities.flush();
        // why: what is managed is compared at each flush that follows
        runs.forEach(entities::detach);
        sql.update(
                "insert into event (kind, batch, item, run, attempt, state) select 'run', batch, item, id, 0, state"
                        + " from run where id = any(?) order by seq",
                (Object) orders.stream().map(order -> order.id().value()).toArray(UUID[]::new));
        transitions.move(skipped, RunState.QUEUED, RunState.SKIPPED);
    }

    /**
     * Queues a failed or stopped run again; it goes on from what its ledger holds.
     *
     * @throws RunStateException in any other state, where its place has been given to another run since, and while another one does the same
     * @throws io.kiln.access.NotYoursException when its batch is somebody else's alone
     */
    public void restart(RunId id, String who) {
        ownership.requireMayChange(id);
        restart(List.of(id), who);
    }

    /**
     * The same for many runs of a batch, all or none.
     *
     * @throws RunStateException when one of them cannot be
     * @throws io.kiln.access.NotYoursException when the batch is somebody else's alone
     */
    public void restart(BatchId batch, List<RunId> ids, String who) {
        ownership.requireMayChange(batch);
        restart(ids, who);
    }

    private void restart(List<RunId> ids, String who) {
        Map<RunId, RunId> taken = successors.of(ids);
        Map<RunId, String> left = new LinkedHashMap<>();
        for (RunId id : ids) {
            RunId successor = taken.get(id);
            if (successor != null) {
                throw refused(
                        id, "the place of its output was given to run " + successor + " since; queue its item again");
            }
            left.put(id, "restarted by " + who);
        }
        underWay(ids).forEach((id, same) -> {
            throw refused(id, "run " + same + " is doing the same already");
        });
        RunState.QUEUED.sources().stream()
                .filter(RunState::isOver)
                .forEach(from -> left.keySet().removeAll(transitions.move(left, from, RunState.QUEUED)));
        left.keySet().stream().findFirst().ifPresent(id -> {
            throw refused(id, "only a failed or stopped run can; queue its item again to repeat it");
        });
        audit.add(
                who,
                "restart run",
                ids.stream().collect(Collectors.toMap(RunId::toString, id -> JsonValue.EMPTY_JSON_OBJECT)));
    }

    /** Unfinished runs that will make what one of these would, of the same item, input and parameters. */
    private Map<RunId, RunId> underWay(List<RunId> ids) {
        Map<RunId, RunId> same = new HashMap<>();
        sql.list(
                row -> same.put(RunId.parse(row.getString("run")), RunId.parse(row.getString("same"))),
                "select run.id as run, other.id as same from unnest(?) wanted (id)"
                        + Sql.each("select * from run where run.id = wanted.id", "run")
                        + Sql.each("select * from run other where other.item = run.item", "other")
                        + " where other.id <> run.id and other.state in ('QUEUED', 'RUNNING', 'PUBLISHING')"
                        + " and (other.pipeline, other.significant, other.input_root, other.input_path)"
                        + " = (run.pipeline, run.significant, run.input_root, run.input_path) order by run.id, other.seq",
                (Object) ids.stream().map(RunId::value).toArray(UUID[]::new));
        return same;
    }

    private RunStateException refused(RunId id, String advice) {
        return new RunStateException(id, runs.find(id).state(), "restarted", advice);
    }
}
