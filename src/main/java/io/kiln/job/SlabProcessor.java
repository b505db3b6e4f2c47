package io.kiln.job;

import jakarta.batch.api.chunk.ItemProcessor;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Waits for one slab to be computed and written: what goes wrong with it comes up here, so that skip and retry concern this slab alone. */
@Named
@Dependent
public class SlabProcessor implements ItemProcessor {
    @Inject
    private JobContext job;

    @Inject
    private AdmittedExecutions executions;

    @Override
    public Object processItem(Object item) throws Exception {
        return executions.of(job).notingFatal(() -> {
            ((Slab<?>) item).awaitWritten();
            return item;
        });
    }
}
