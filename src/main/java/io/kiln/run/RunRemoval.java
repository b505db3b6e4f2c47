package io.kiln.run;

import io.kiln.event.AuditLog;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.InputRejectedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Takes runs away that are over. Their work folders and logs follow, when that is certain. */
@ApplicationScoped
@Transactional
public class RunRemoval {
    private final Sql sql;
    private final RunRemains remains;
    private final ForgottenRuns forgotten;
    private final Ownership ownership;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected RunRemoval() {
        this(null, null, null, null, null);
    }

    @Inject
    public RunRemoval(Sql sql, RunRemains remains, ForgottenRuns forgotten, Ownership ownership, AuditLog audit) {
        this.sql = sql;
        this.remains = remains;
        this.forgotten = forgotten;
        this.ownership = ownership;
        this.audit = audit;
    }

    /**
     * Forgets a run that is over, with its log and its work folder; its output stays.
     *
     * @throws RunStateException when it is not over
     * @throws InputRejectedException when it holds an output that it was about to replace
     * @throws io.kiln.access.NotYoursException when its batch is somebody else's alone
     */
    public void delete(RunId id, String who) {
        ownership.requireMayChange(id);
        OwnedRun run =
                owned("id = ?", id.value()).stream().findFirst().orElseThrow(() -> new UnknownIdException("run", id));
        if (!run.isIdle() || !run.state().isOver()) {
            throw new RunStateException(id, run.state(), "deleted", "stop it first");
        }
        giveUp(List.of(id));
        sql.update("delete from run where id = ?", id.value());
        audit.add(who, "delete run", id.toString(), JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Makes ready for the runs of a batch to be deleted with it: nothing of them stays but their outputs.
     *
     * @throws RunStateException when one of them is active
     * @throws InputRejectedException when one holds an output that it was about to replace
     */
    public void giveUp(BatchId batch) {
        List<OwnedRun> owned = owned("batch = ?", batch.value());
        requireIdle("batch", owned);
        giveUp(owned.stream().map(OwnedRun::run).toList());
    }

    private void giveUp(List<RunId> runs) {
        remains.kept(runs).values().stream().findFirst().ifPresent(reason -> {
            throw new InputRejectedException(reason);
        });
        forgotten.add(runs);
    }

    /**
     * Makes ready for the runs of items to be deleted with them.
     *
     * @return why, of the items that have to stay: a run of theirs is active, or holds an output that it was about to replace
     */
    public Map<ItemId, String> giveUp(Collection<ItemId> items) {
        List<OwnedRun> owned = owned(
                "item = any(?)", (Object) items.stream().map(ItemId::value).toArray(UUID[]::new));
        Map<ItemId, String> stay = new HashMap<>();
        owned.stream().filter(run -> !run.isIdle()).forEach(active -> stay.put(active.item(), reason(active)));
        Map<RunId, ItemId> idle =
                owned.stream().filter(OwnedRun::isIdle).collect(Collectors.toMap(OwnedRun::run, OwnedRun::item));
        remains.kept(idle.keySet()).forEach((run, reason) -> stay.putIfAbsent(idle.get(run), reason));
        idle.values().removeAll(stay.keySet());
        forgotten.add(idle.keySet());
        return stay;
    }

    /** @throws RunStateException when one of the item's runs is active */
    public void requireIdle(ItemId item) {
        requireIdle("item", owned("item = ?", item.value()));
    }

    private static void requireIdle(String owner, List<OwnedRun> owned) {
        owned.stream().filter(run -> !run.isIdle()).findFirst().ifPresent(active -> {
            throw new RunStateException(active.run(), active.state(), "taken away with its " + owner, "stop it first");
        });
    }

    private static String reason(OwnedRun active) {
        return "run " + active.run() + " is " + active.state() + "; stop it first";
    }

    private record OwnedRun(RunId run, ItemId item, RunState state, boolean isIdle) {}

    /** Idle ones are locked, so that none of them begins before it is gone. Nobody waits for active ones, which may be locked for as long as a slab takes. */
    private List<OwnedRun> owned(String which, Object value) {
        return sql.list(
                row -> new OwnedRun(
                        RunId.parse(row.getString("id")),
                        new ItemId(row.getObject("item", UUID.class)),
                        RunState.valueOf(row.getString("state")),
                        row.getBoolean("idle")),
                "with locked as (select id, state from run where " + which
                        + " and state not in ('RUNNING', 'PUBLISHING') order by seq for update)"
                        + " select run.id, item, coalesce(locked.state, run.state) as state, locked.id is not null as idle"
                        + " from run left join locked on locked.id = run.id where run." + which + " order by seq",
                value,
                value);
    }
}
