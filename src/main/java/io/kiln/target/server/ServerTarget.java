package io.kiln.target.server;

import io.kiln.target.StartException;
import io.kiln.target.StartOrder;
import io.kiln.target.Target;
import io.kiln.target.TargetName;
import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.operations.JobExecutionAlreadyCompleteException;
import jakarta.batch.operations.JobExecutionNotMostRecentException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.JobRestartException;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.JobExecution;
import jakarta.batch.runtime.JobInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts a run's job, or restarts the newest execution of its job instance. */
@ApplicationScoped
public class ServerTarget implements Target {
    private static final Logger LOG = Logger.getLogger(ServerTarget.class.getName());

    @Override
    public TargetName name() {
        return TargetName.STANDARD;
    }

    @Override
    public void start(StartOrder order) {
        Properties properties = new Properties();
        properties.setProperty("run", order.attempt().run().toString());
        properties.setProperty("lease", order.lease().toString());
        try {
            if (order.latestExecution().isEmpty()
                    || !restart(order.latestExecution().get(), properties)) {
                BatchRuntime.getJobOperator().start(order.pipeline().value(), properties);
            }
        } catch (BatchRuntimeException e) {
            throw new StartException(
                    "the batch runtime did not start job " + order.pipeline() + ": " + e.getMessage(), e);
        }
    }

    /** False where the instance cannot go on: it is forgotten, or its last execution was completed in the runtime's eyes, or abandoned. */
    private static boolean restart(long execution, Properties properties) {
        JobOperator operator = BatchRuntime.getJobOperator();
        // why: under our lease nobody else executes the run, whatever a crash has left in the runtime's tables
        properties.setProperty("jberet.restart.mode", "force");
        try {
            operator.restart(newest(operator, execution), properties);
            return true;
        } catch (NoSuchJobExecutionException
                | JobExecutionAlreadyCompleteException
                | JobExecutionNotMostRecentException
                | JobRestartException e) {
            LOG.log(
                    Level.INFO,
                    e,
                    () -> "execution " + execution + " cannot be restarted; its run gets a new instance");
            properties.remove("jberet.restart.mode");
            return false;
        }
    }

    /** A refused execution may be newer than the one that we know. */
    private static long newest(JobOperator operator, long execution) {
        JobInstance instance = operator.getJobInstance(execution);
        return operator.getJobExecutions(instance).stream()
                .map(JobExecution::getExecutionId)
                .max(Comparator.naturalOrder())
                .orElse(execution);
    }
}
