package io.kiln.job;

import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import java.util.ArrayList;
import java.util.List;

/** What is durably settled of a run's plan, as its host knows it. */
record Ledger(RunHost host, RunId run) {
    /** @throws IllegalStateException when the input has not been inspected */
    Plan plan() {
        return host.plan(run)
                .orElseThrow(
                        () -> new IllegalStateException("run " + run + " has no plan: its input was not inspected"));
    }

    List<UnitRange> skipped() {
        return host.settled(run, SlabOutcome.SKIPPED);
    }

    List<UnitRange> settled() {
        List<UnitRange> settled = new ArrayList<>(host.settled(run, SlabOutcome.DONE));
        settled.addAll(skipped());
        return settled;
    }

    List<UnitRange> missing() {
        return UnitRanges.missing(plan().units(), settled());
    }
}
