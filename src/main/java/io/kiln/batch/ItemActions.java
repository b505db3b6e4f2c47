package io.kiln.batch;

import io.kiln.job.RunId;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import io.kiln.run.NewestRuns;
import io.kiln.run.RunBrief;
import io.kiln.run.RunQueue;
import io.kiln.run.RunState;
import io.kiln.run.RunStops;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;

/** Stops and restarts the runs of some items of a batch. */
@ApplicationScoped
@Transactional
public class ItemActions {
    private final BatchService batches;
    private final SelectedItems selected;
    private final NewestRuns runs;
    private final RunStops stops;
    private final RunQueue queue;

    /** For the container's proxy only. */
    protected ItemActions() {
        this(null, null, null, null, null);
    }

    @Inject
    public ItemActions(BatchService batches, SelectedItems selected, NewestRuns runs, RunStops stops, RunQueue queue) {
        this.batches = batches;
        this.selected = selected;
        this.runs = runs;
        this.stops = stops;
        this.queue = queue;
    }

    /** Stops every run of the items that is not over, and says how many. */
    public int stop(BatchId batch, ItemSelection items, String who) {
        batches.get(batch);
        return stops.stopAll(batch, ids(batch, items), who);
    }

    /**
     * Queues the newest run of each item again where it is in one of these states; it goes on from what is done.
     *
     * @param states FAILED, STOPPED or both
     * @return how many runs
     */
    public int restart(BatchId batch, ItemSelection items, Set<RunState> states, String who) {
        batches.lock(batch);
        List<RunId> wanted = runs.of(ids(batch, items)).values().stream()
                .flatMap(of -> of.newest().stream())
                .filter(run -> states.contains(run.state()))
                .map(RunBrief::id)
                .toList();
        queue.restart(batch, wanted, who);
        return wanted.size();
    }

    private List<ItemId> ids(BatchId batch, ItemSelection items) {
        return selected.toRead(batch, items).stream().map(Item::id).toList();
    }
}
