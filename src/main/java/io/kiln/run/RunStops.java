package io.kiln.run;

import io.kiln.event.AuditLog;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Stops runs because somebody asked. */
@ApplicationScoped
@Transactional
public class RunStops {
    private final Sql sql;
    private final RunService runs;
    private final RunTransitions transitions;
    private final RunRemains remains;
    private final Ownership ownership;
    private final RunLogs logs;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected RunStops() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public RunStops(
            Sql sql,
            RunService runs,
            RunTransitions transitions,
            RunRemains remains,
            Ownership ownership,
            RunLogs logs,
            AuditLog audit) {
        this.sql = sql;
        this.runs = runs;
        this.transitions = transitions;
        this.remains = remains;
        this.ownership = ownership;
        this.logs = logs;
        this.audit = audit;
    }

    /**
     * A queued run is stopped at once, an active one within a slab.
     *
     * @throws RunStateException when it is over already, or has to go on because its place is between the old output and the new
     * @throws io.kiln.access.NotYoursException when its batch is somebody else's alone
     */
    public void stop(RunId id, String who) {
        ownership.requireMayChange(id);
        boolean stopped = stopThose(who, "id = ?", id.value()) > 0;
        RunState state = runs.find(id).state();
        if (!stopped && !state.isActive()) {
            String advice = state == RunState.QUEUED
                    ? "it is between the old output and the new, and completes when it goes on"
                    : "only a queued or active run can";
            throw new RunStateException(id, state, "stopped", advice);
        }
        audit.add(who, "stop run", id.toString(), JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Stops every run of the batch that is not over, and says how many. One that is between the old output and the new goes on.
     *
     * @throws io.kiln.access.NotYoursException when the batch is somebody else's alone
     */
    public int stopAll(BatchId batch, String who) {
        return stopAll(batch, who, "batch = ?", batch.value());
    }

    /**
     * Stops every run of these items of the batch that is not over, and says how many. One that is between the old output and the new goes on.
     *
     * @throws io.kiln.access.NotYoursException when the batch is somebody else's alone
     */
    public int stopAll(BatchId batch, Collection<ItemId> items, String who) {
        UUID[] ids = items.stream().map(ItemId::value).toArray(UUID[]::new);
        return stopAll(batch, who, "batch = ? and item = any(?)", batch.value(), ids);
    }

    private int stopAll(BatchId batch, String who, String which, Object... values) {
        ownership.requireMayChange(batch);
        int stopped = stopThose(who, which, values);
        audit.add(
                who,
                "stop batch",
                batch.toString(),
                Json.createObjectBuilder().add("runs", stopped).build());
        return stopped;
    }

    private int stopThose(String who, String which, Object... values) {
        int stopped = requestStop(who, which, values);
        // why then: one that went back to the queue before it could be asked is there now; and one that is claimed
        // before it is stopped, is asked
        stopped += stopQueued(stoppable(which, values), who);
        return stopped + requestStop(who, which, values);
    }

    /** Those that are queued, but for such as lost their node while they brought their output in: stopped, they would leave neither the old one in its place nor the new. */
    private List<RunId> stoppable(String which, Object... values) {
        Map<RunId, Boolean> queued = new LinkedHashMap<>();
        sql.list(
                row -> queued.put(RunId.parse(row.getString("id")), row.getBoolean("begun")),
                "select id, attempt > 0 as begun from run where " + which + " and state = 'QUEUED'",
                values);
        List<RunId> begun = queued.keySet().stream().filter(queued::get).toList();
        queued.keySet().removeAll(remains.kept(begun).keySet());
        return List.copyOf(queued.keySet());
    }

    private int stopQueued(List<RunId> queued, String who) {
        Map<RunId, String> reasons =
                queued.stream().collect(Collectors.toMap(Function.identity(), run -> "stopped by " + who));
        Set<RunId> stopped = transitions.move(reasons, RunState.QUEUED, RunState.STOPPED);
        stopped.forEach(run -> logs.append(run, "stopped by " + who + " while it was queued"));
        return stopped.size();
    }

    private int requestStop(String who, String which, Object... values) {
        List<Object> all = new ArrayList<>();
        all.add(who);
        all.addAll(Arrays.asList(values));
        all.add("asked to stop by " + who);
        return sql.update(
                "with asked as (update run set stop_requested = ? where " + which
                        + " and state in ('RUNNING', 'PUBLISHING') and stop_requested is null"
                        + " returning id, batch, item, attempt, state)"
                        + " insert into event (kind, batch, item, run, attempt, state, reason)"
                        + " select 'run', batch, item, id, attempt, state, ? from asked",
                all.toArray());
    }
}
