package io.kiln.worker.execution;

import io.kiln.job.AdmittedExecutions;
import io.kiln.job.Assignment;
import io.kiln.job.StageSeconds;
import io.kiln.worker.state.StateFile;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchStatus;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jberet.runtime.JobExecutionImpl;
import org.jberet.spi.JobOperatorContext;

/** One attempt at a worker's run: its job in the batch runtime. A process has one at a time. */
public final class Execution {
    private final Container container;
    private final Assignment assignment;
    private final String token = UUID.randomUUID().toString();
    private final WorkerRunHost host;
    private volatile long id;

    public Execution(Container container, StateFile state, Assignment assignment, RunListener listener) {
        this.container = container;
        this.assignment = assignment;
        host = new WorkerRunHost(state, assignment, token, listener);
    }

    /** Runs the job of the assignment's pipeline to its end. */
    public Outcome run() throws InterruptedException {
        JobOperator operator = operator();
        Properties parameters = new Properties();
        parameters.setProperty("run", assignment.attempt().run().toString());
        parameters.setProperty("lease", token);
        id = operator.start(assignment.pipeline().value(), parameters);
        JobExecutionImpl execution = (JobExecutionImpl) operator.getJobExecution(id);
        execution.awaitTermination(0, TimeUnit.SECONDS);
        // why again: a job that the batch runtime could not begin has not told
        host.ended(assignment.attempt(), id, execution.getBatchStatus() == BatchStatus.FAILED);
        return host.outcome();
    }

    /** Asks it to end within a slab; may be called before it runs. */
    public void stop() {
        host.stop();
    }

    /** How long the threads of its lanes were busy until now; none before and after it runs. */
    public StageSeconds busy() {
        return container.get(AdmittedExecutions.class).busy(id);
    }

    private JobOperator operator() {
        container.serve(host);
        BatchRuntimeSettings settings = new BatchRuntimeSettings(
                new BeanArtifacts(container.beans()), assignment.devices().size());
        JobOperatorContext context = JobOperatorContext.create(settings);
        // artefacts find the operator through the standard's BatchRuntime
        JobOperatorContext.setJobOperatorContextSelector(() -> context);
        return context.getJobOperator();
    }
}
