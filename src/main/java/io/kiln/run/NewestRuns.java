package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.PipelineName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds the newest runs of items, one statement for all that are asked for. */
@ApplicationScoped
@Transactional
public class NewestRuns {
    private static final String NEWEST = "select run.id, run.item, run.pipeline, run.is_try, run.seq, run.state, "
            + RunQueries.REASON + ", run.units, run.unit_name, run.incomplete, run.stalled_since,"
            + " run.queued_at, run.started_at, run.ended_at, progress.done, progress.skipped, progress.rate"
            + " from unnest(?) wanted (item) cross join (values (true), (false)) kind (is_try)"
            + " cross join lateral (select id from run candidate where candidate.item = wanted.item"
            + " and candidate.is_try = kind.is_try"
            + " order by candidate.state = 'SKIPPED', candidate.seq desc limit 1) newest"
            + " join run on run.id = newest.id " + RunQueries.PROGRESS;

    private final Sql sql;

    /** For the container's proxy only. */
    protected NewestRuns() {
        this(null);
    }

    @Inject
    public NewestRuns(Sql sql) {
        this.sql = sql;
    }

    /** One for each of the items. */
    public Map<ItemId, ItemRuns> of(Collection<ItemId> items) {
        Map<ItemId, ItemRuns> all = new HashMap<>();
        items.forEach(item -> all.put(item, ItemRuns.NONE));
        UUID[] ids = items.stream().map(ItemId::value).toArray(UUID[]::new);
        List<RunBrief> runs = sql.list(NewestRuns::read, NEWEST, (Object) ids);
        runs.forEach(run -> all.compute(run.item(), (item, known) -> with(known, run)));
        return all;
    }

    private static ItemRuns with(ItemRuns known, RunBrief run) {
        return run.isTry()
                ? new ItemRuns(Optional.of(run), known.lastFull())
                : new ItemRuns(known.lastTry(), Optional.of(run));
    }

    private static RunBrief read(ResultSet row) throws SQLException {
        return new RunBrief(
                new RunId(row.getObject("id", UUID.class)),
                new ItemId(row.getObject("item", UUID.class)),
                new PipelineName(row.getString("pipeline")),
                row.getBoolean("is_try"),
                row.getLong("seq"),
                RunState.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("reason")),
                RunQueries.progress(row),
                row.getInt("skipped"),
                row.getBoolean("incomplete"),
                row.getTimestamp("stalled_since") != null,
                row.getTimestamp("queued_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("started_at")).map(Timestamp::toInstant),
                Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant));
    }
}
