package io.kiln.batch;

import io.kiln.persistence.Sql;
import io.kiln.run.BatchId;
import io.kiln.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Counts how far batches are, one statement for all that are asked for. */
@ApplicationScoped
@Transactional
public class BatchTallies {
    private static final String NEWEST_RUNS = "select item.batch, newest.state, count(*) as items from item"
            + " left join lateral (select state from run where run.item = item.id"
            + " order by state = 'SKIPPED', seq desc limit 1) newest on true"
            + " where item.batch = any(?) group by item.batch, newest.state";

    private final Sql sql;

    /** For the container's proxy only. */
    protected BatchTallies() {
        this(null);
    }

    @Inject
    public BatchTallies(Sql sql) {
        this.sql = sql;
    }

    /** @param state of the newest run, empty for items without one */
    private record Count(BatchId batch, Optional<RunState> state, int items) {}

    /** A batch without items, or that is gone, has an empty one. */
    public BatchTally of(BatchId batch) {
        return of(List.of(batch)).get(batch);
    }

    /** One for each of the batches. */
    public Map<BatchId, BatchTally> of(Collection<BatchId> batches) {
        List<Count> counts = sql.list(
                row -> new Count(
                        new BatchId(row.getObject("batch", UUID.class)),
                        Optional.ofNullable(row.getString("state")).map(RunState::valueOf),
                        row.getInt("items")),
                NEWEST_RUNS,
                (Object) batches.stream().map(BatchId::value).toArray(UUID[]::new));
        Map<BatchId, BatchTally> tallies = new HashMap<>();
        for (BatchId batch : batches) {
            tallies.put(
                    batch,
                    tally(counts.stream()
                            .filter(count -> count.batch().equals(batch))
                            .toList()));
        }
        return tallies;
    }

    private static BatchTally tally(List<Count> counts) {
        Map<RunState, Integer> runs = new EnumMap<>(RunState.class);
        counts.forEach(count -> count.state().ifPresent(state -> runs.put(state, count.items())));
        return new BatchTally(counts.stream().mapToInt(Count::items).sum(), runs);
    }
}
