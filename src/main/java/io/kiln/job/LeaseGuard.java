package io.kiln.job;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.listener.JobListener;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;

/** First listener of every pipeline's job: lets only those executions run that the queue has started, known by a single-use token. */
@Named
@Dependent
public class LeaseGuard implements JobListener {
    @Inject
    private JobContext job;

    @Inject
    private RunHost host;

    @Inject
    private AdmittedExecutions executions;

    @Inject
    @BatchProperty(name = "run")
    private String runText;

    @Inject
    @BatchProperty(name = "lease")
    private String token;

    private Attempt admitted;

    @Override
    public void beforeJob() {
        admitted = admission().orElseThrow(this::refusal);
        try {
            Assignment assignment = host.assignment(admitted.run());
            if (!assignment.attempt().equals(admitted)) {
                throw new LostRunException(admitted);
            }
            executions.add(job.getExecutionId(), new AdmittedExecution(job.getExecutionId(), host, assignment));
        } catch (RuntimeException e) {
            host.failed(admitted, e);
            throw e;
        }
    }

    /** Called for a refused execution too, which has nothing to end. */
    @Override
    public void afterJob() {
        if (admitted == null) {
            return;
        }
        Optional<AdmittedExecution> execution = executions.remove(job.getExecutionId());
        try {
            execution.ifPresent(this::noteWhatIsNotNoted);
        } finally {
            host.ended(admitted, job.getExecutionId(), job.getBatchStatus() == BatchStatus.FAILED);
        }
    }

    private void noteWhatIsNotNoted(AdmittedExecution execution) {
        execution.noteAgain();
        if (job.getBatchStatus() == BatchStatus.FAILED && !execution.hasFailed()) {
            execution.note(new BatchRuntimeFailedException(job.getExecutionId()));
        }
    }

    private Optional<Attempt> admission() {
        if (runText == null || runText.isEmpty()) {
            return Optional.empty();
        }
        String given = token == null || token.isEmpty() ? null : token;
        return host.admit(RunId.parse(runText), given, job.getExecutionId());
    }

    /** The batch runtime keeps the exit status alone, not the exception's message. */
    private IllegalStateException refusal() {
        boolean isOfRun = runText != null && !runText.isEmpty();
        job.setExitStatus("REFUSED: only Kiln's queue starts a pipeline's job; "
                + (isOfRun ? "the state of run " + runText + " tells what becomes of it" : "queue a run of a batch"));
        return new IllegalStateException("execution " + job.getExecutionId()
                + (isOfRun ? " of run " + runText : " without a run") + " holds no lease");
    }
}
