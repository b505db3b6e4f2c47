package io.kiln.api.jobs;

import io.kiln.api.problem.Problem;
import io.kiln.api.problem.ProblemException;
import io.kiln.event.AuditLog;
import io.kiln.job.RunId;
import io.kiln.pipeline.Pipelines;
import jakarta.batch.operations.JobExecutionAlreadyCompleteException;
import jakarta.batch.operations.JobExecutionIsRunningException;
import jakarta.batch.operations.JobExecutionNotMostRecentException;
import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.JobRestartException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Jobs that are no pipelines: the batch runtime starts and stops them itself. What it refuses is answered with the state of the execution. */
@ApplicationScoped
class PlainJobs {
    /** The state of a job that only the queue starts. */
    static final String PIPELINE = "PIPELINE";

    private static final Pattern DEFINITION = Pattern.compile("\\.xml$");

    private final JobHistory history;
    private final Pipelines pipelines;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected PlainJobs() {
        this(null, null, null);
    }

    @Inject
    PlainJobs(JobHistory history, Pipelines pipelines, AuditLog audit) {
        this.history = history;
        this.pipelines = pipelines;
        this.audit = audit;
    }

    Set<String> names() {
        return operator().getJobNames();
    }

    /** @param job with or without the ending of its definition's file, as the batch runtime takes both */
    boolean isPipeline(String job) {
        String name = DEFINITION.matcher(job).replaceFirst("");
        return pipelines.all().stream()
                .anyMatch(pipeline -> pipeline.name().value().equals(name));
    }

    /** The run that an execution belongs to, or that it was refused for; empty for a plain job's, and where that run is deleted. */
    Optional<RunId> run(long execution) {
        JobExecutionBody found = history.get(execution);
        return Optional.ofNullable(found.run()).map(RunId::new).or(() -> refusedFor(found));
    }

    private Optional<RunId> refusedFor(JobExecutionBody execution) {
        return Optional.ofNullable(execution.parameters().get("run"))
                .filter(named -> isPipeline(execution.job()))
                .map(RunId::parse)
                .filter(history::isRun);
    }

    /**
     * Starts a job and returns its execution.
     *
     * @throws ProblemException when it is a pipeline's
     */
    long start(String job, Properties properties, String who) {
        if (isPipeline(job)) {
            throw new ProblemException(Problem.wrongState(
                    PIPELINE,
                    "job " + job + " is a pipeline, which only the queue starts; POST to /api/batches/{batch}/runs"));
        }
        long id = operator().start(job, properties);
        audit(who, "start job", id, Json.createObjectBuilder().add("job", job).build());
        return id;
    }

    /** @throws ProblemException when its run goes on in another execution, if at all: that one is not meant */
    void requirePresent(long id, RunId run) {
        if (history.isPast(id)) {
            throw refused(id, "execution " + id + " is over; POST to /api/runs/" + run + "/stop to stop its run");
        }
    }

    /** @throws ProblemException when the execution does not run */
    void stop(long id, String who) {
        allowed(id, () -> {
            operator().stop(id);
            return id;
        });
        audit(who, "stop job", id, JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Goes on with an execution's job in another execution, which is returned.
     *
     * @throws ProblemException when the execution runs, is completed or abandoned, or not its job's newest
     */
    long restart(long id, String who) {
        long restarted = allowed(id, () -> operator().restart(id, new Properties()));
        audit(who, "restart job", restarted, JsonValue.EMPTY_JSON_OBJECT);
        return restarted;
    }

    /** @throws ProblemException when the execution runs, or belongs to a run */
    void abandon(long id, String who) {
        run(id).ifPresent(run -> {
            throw refused(id, "execution " + id + " belongs to run " + run + "; DELETE /api/runs/" + run + " instead");
        });
        allowed(id, () -> {
            operator().abandon(id);
            return id;
        });
        audit(who, "abandon job", id, JsonValue.EMPTY_JSON_OBJECT);
    }

    private long allowed(long id, LongSupplier wish) {
        try {
            return wish.getAsLong();
        } catch (JobExecutionAlreadyCompleteException
                | JobExecutionIsRunningException
                | JobExecutionNotMostRecentException
                | JobExecutionNotRunningException
                | JobRestartException e) {
            throw refused(id, e.getMessage());
        }
    }

    private ProblemException refused(long id, String detail) {
        return new ProblemException(Problem.wrongState(history.get(id).batchStatus(), detail));
    }

    private void audit(String who, String action, long execution, JsonObject detail) {
        audit.add(who, action, Long.toString(execution), detail);
    }

    private static JobOperator operator() {
        return BatchRuntime.getJobOperator();
    }
}
