package io.kiln.job;

import jakarta.batch.api.chunk.listener.AbstractChunkListener;
import jakarta.batch.api.chunk.listener.RetryProcessListener;
import jakarta.batch.api.chunk.listener.SkipProcessListener;
import jakarta.batch.api.chunk.listener.SkipReadListener;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Records a skipped slab in the chunk's transaction, says what is retried, and notes what fails a chunk outside of reader, processor and writer. */
@Named
@Dependent
public class SlabListener extends AbstractChunkListener
        implements SkipReadListener, SkipProcessListener, RetryProcessListener {
    @Inject
    private JobContext job;

    @Inject
    private AdmittedExecutions executions;

    @Inject
    private RunHost host;

    @Override
    public void onSkipReadItem(Exception cause) throws Exception {
        if (!(cause instanceof UnreadableSlabException unreadable)) {
            throw new IllegalStateException("a failure that is not of one slab cannot be skipped", cause);
        }
        skip(unreadable.slab(), cause);
    }

    @Override
    public void onSkipProcessItem(Object item, Exception cause) throws Exception {
        skip((Slab<?>) item, cause);
    }

    @Override
    public void onRetryProcessException(Object item, Exception cause) {
        AdmittedExecution execution = executions.of(job);
        execution.log(named(execution, (Slab<?>) item) + " are computed again: " + FailureText.of(cause));
    }

    /** For one, when the chunk's transaction could not be committed. */
    @Override
    public void onError(Exception failure) {
        executions.of(job).note(failure);
    }

    private static String named(AdmittedExecution execution, Slab<?> slab) {
        return execution.progress().plan().named(slab.units());
    }

    private void skip(Slab<?> slab, Exception cause) throws Exception {
        AdmittedExecution execution = executions.of(job);
        execution.noting(() -> {
            // why: nothing is skipped of a file that is away, or another one by now
            SameInput.require(execution.assignment());
            // nor in a run that another node has, which may have been able to read these units
            host.requireLease(execution.attempt());
            slab.writeSkipped();
            host.settle(execution.attempt(), SlabOutcome.SKIPPED, List.of(slab.units()));
            slab.settled();
            execution.log(named(execution, slab) + " are skipped: " + FailureText.of(cause));
            execution.progress().settled(slab.units().count());
            return null;
        });
    }
}
