package io.kiln.job;

import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The admitted executions of this process. */
@ApplicationScoped
public class AdmittedExecutions {
    private final Map<Long, AdmittedExecution> executions = new ConcurrentHashMap<>();

    void add(long id, AdmittedExecution execution) {
        executions.put(id, execution);
    }

    /** @throws IllegalStateException when the lease guard has not admitted this execution: its job lacks the listener */
    AdmittedExecution of(JobContext job) {
        return Optional.ofNullable(executions.get(job.getExecutionId()))
                .orElseThrow(() -> new IllegalStateException("execution " + job.getExecutionId() + " of job "
                        + job.getJobName() + " was not admitted: does the job list leaseGuard as its first listener?"));
    }

    /** How long the lanes of an execution were busy until now; none for one that has ended or was never admitted. */
    public StageSeconds busy(long id) {
        AdmittedExecution execution = executions.get(id);
        return execution == null ? StageSeconds.NONE : execution.timings().busy();
    }

    Optional<AdmittedExecution> remove(long id) {
        return Optional.ofNullable(executions.remove(id));
    }
}
