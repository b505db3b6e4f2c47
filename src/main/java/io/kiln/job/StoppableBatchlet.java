package io.kiln.job;

import jakarta.batch.api.Batchlet;
import jakarta.batch.runtime.context.JobContext;
import jakarta.inject.Inject;
import java.util.concurrent.CancellationException;

/** A batchlet of a run that ends early, as stopped, when somebody asks for it. */
abstract class StoppableBatchlet implements Batchlet {
    @Inject
    private JobContext job;

    @Inject
    private AdmittedExecutions executions;

    /** @throws CancellationException when it ended early because a stop was requested */
    abstract void run(AdmittedExecution execution) throws Exception;

    @Override
    public final String process() throws Exception {
        AdmittedExecution execution = executions.of(job);
        return execution.noting(() -> {
            try {
                run(execution);
            } catch (CancellationException e) {
                if (!execution.stopRequested()) {
                    throw e;
                }
                execution.endAsStopped();
            }
            return null;
        });
    }

    @Override
    public final void stop() {
        executions.of(job).stopSoon();
    }
}
