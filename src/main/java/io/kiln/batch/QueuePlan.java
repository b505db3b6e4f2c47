package io.kiln.batch;

import io.kiln.run.ItemId;
import io.kiln.run.RunOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a request queues, and what it leaves out. */
public record QueuePlan(List<Planned> runs, List<LeftOut> leftOut) {
    /**
     * One run.
     *
     * @param output where its result goes
     * @param skipped why there is nothing to do, empty where it is queued
     */
    public record Planned(RunOrder order, String itemName, Path output, Optional<String> skipped) {}

    /** One item of the selection without a run, and why. */
    public record LeftOut(ItemId item, String itemName, String reason) {}
}
