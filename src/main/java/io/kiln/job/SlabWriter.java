package io.kiln.job;

import io.kiln.pipeline.UnitRange;
import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;

/** Makes slabs durable, then true: their output is forced to disk before the ledger has them, in the chunk's transaction. */
@Named
@Dependent
public class SlabWriter extends AbstractItemWriter {
    @Inject
    private JobContext job;

    @Inject
    private AdmittedExecutions executions;

    @Inject
    private RunHost host;

    /** @param items slabs; none when the job is being stopped */
    @Override
    public void writeItems(List<Object> items) throws Exception {
        AdmittedExecution execution = executions.of(job);
        execution.noting(() -> {
            List<UnitRange> units = new ArrayList<>();
            for (Object item : items) {
                Slab<?> slab = (Slab<?>) item;
                slab.force();
                units.add(slab.units());
            }
            if (!units.isEmpty()) {
                host.settle(execution.attempt(), SlabOutcome.DONE, units);
                execution.progress().settled(UnitRanges.count(units));
            }
            items.forEach(item -> ((Slab<?>) item).settled());
            execution.keepTimingsNowAndThen();
            return null;
        });
    }
}
