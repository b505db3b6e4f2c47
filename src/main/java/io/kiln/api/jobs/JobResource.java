package io.kiln.api.jobs;

import io.kiln.api.Caller;
import io.kiln.api.PageParameters;
import io.kiln.api.problem.Problem;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.event.AuditLog;
import io.kiln.job.RunId;
import io.kiln.persistence.Page;
import io.kiln.pipeline.Pipelines;
import io.kiln.run.RunService;
import io.kiln.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The plain JSR-352 view: jobs, their executions, steps and partitions. What belongs to a run goes through the queue. */
@Path("/jobs")
@RequestScoped
@Tag(name = "jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR, Role.ADMIN})
public class JobResource {
    @Inject
    private JobHistory history;

    @Inject
    private Pipelines pipelines;

    @Inject
    private RunService runs;

    @Inject
    private AuditLog audit;

    @Context
    private SecurityContext security;

    /**
     * @param isPipeline true where only the queue starts it
     * @param instances how many there have been
     */
    public record JobBody(String name, boolean isPipeline, long instances) {}

    /** @param properties job parameters; texts */
    public record JobStart(JsonObject properties) {}

    @GET
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
    @Operation(summary = "List the jobs")
    public Page<JobBody> list() {
        Map<String, Long> instances = history.instances();
        Set<String> names = new TreeSet<>(instances.keySet());
        names.addAll(operator().getJobNames());
        pipelines.all().forEach(pipeline -> names.add(pipeline.name().value()));
        return new Page<>(
                names.stream()
                        .map(name -> new JobBody(name, isPipeline(name), instances.getOrDefault(name, 0L)))
                        .toList(),
                null);
    }

    @POST
    @Path("/{name}/start")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Start a job that is no pipeline")
    @APIResponseSchema(value = JobExecutionBody.class, responseCode = "201")
    @APIResponse(responseCode = "409", description = "it is a pipeline's job; queue a run of a batch instead")
    public Response start(@PathParam("name") String name, JobStart start) {
        if (isPipeline(name)) {
            throw new ProblemException(
                    ProblemType.WRONG_STATE,
                    "job " + name + " is a pipeline, which only the queue starts; POST to /api/batches/{batch}/runs");
        }
        long id = operator().start(name, properties(start.properties()));
        audit("start job", id, name);
        return Response.created(URI.create("jobs/executions/" + id))
                .entity(history.get(id))
                .build();
    }

    private static Properties properties(JsonObject given) {
        Properties properties = new Properties();
        if (given != null) {
            given.keySet().forEach(name -> {
                try {
                    properties.setProperty(name, given.getString(name));
                } catch (ClassCastException e) {
                    throw new ProblemException(
                            ProblemType.INVALID_REQUEST,
                            "property '" + name + "' is " + given.get(name) + ", but job parameters are texts");
                }
            });
        }
        return properties;
    }

    @GET
    @Path("/executions")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
    @Operation(summary = "List job executions, newest first")
    public Page<JobExecutionBody> executions(
            @Parameter(description = "only of this job") @QueryParam("job") String job,
            @BeanParam PageParameters page) {
        return history.list(Optional.ofNullable(job), page.request());
    }

    @GET
    @Path("/executions/{execution}")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
    @Operation(summary = "Show a job execution with its steps, partitions and metrics")
    public JobExecutionBody show(@PathParam("execution") long id) {
        return history.get(id);
    }

    @POST
    @Path("/executions/{execution}/stop")
    @Operation(summary = "Stop an execution; a run's execution is stopped as its run")
    @APIResponseSchema(value = JobExecutionBody.class, responseCode = "202")
    @APIResponse(responseCode = "409", description = "it is not running; the problem holds its state")
    public Response stop(@PathParam("execution") long id) {
        Optional<RunId> run = history.run(id);
        if (run.isPresent()) {
            runs.stop(run.get(), Caller.of(security));
        } else {
            operator().stop(id);
            audit("stop job", id, "");
        }
        return Response.accepted(history.get(id)).build();
    }

    @POST
    @Path("/executions/{execution}/restart")
    @Operation(summary = "Restart an execution; a run's execution is restarted as its run, through the queue")
    @APIResponseSchema(value = JobExecutionBody.class, responseCode = "202")
    @APIResponse(responseCode = "409", description = "its state does not allow it; the problem holds the state")
    public Response restart(@PathParam("execution") long id) {
        Optional<RunId> run = history.run(id);
        if (run.isPresent()) {
            runs.restart(run.get(), Caller.of(security));
            return Response.accepted(history.get(id)).build();
        }
        long restarted = operator().restart(id, new Properties());
        audit("restart job", restarted, "");
        return Response.accepted(history.get(restarted)).build();
    }

    @POST
    @Path("/executions/{execution}/abandon")
    @Operation(summary = "Mark a plain job's execution as never to be restarted")
    @APIResponseSchema(value = JobExecutionBody.class, responseCode = "202")
    @APIResponse(responseCode = "409", description = "it is running, or belongs to a run")
    public Response abandon(@PathParam("execution") long id) {
        history.run(id).ifPresent(run -> {
            throw new ProblemException(Problem.of(
                            ProblemType.WRONG_STATE,
                            "execution " + id + " belongs to run " + run + "; DELETE /api/runs/" + run + " instead")
                    .with("state", history.get(id).batchStatus()));
        });
        operator().abandon(id);
        audit("abandon job", id, "");
        return Response.accepted(history.get(id)).build();
    }

    private boolean isPipeline(String name) {
        return pipelines.all().stream()
                .anyMatch(pipeline -> pipeline.name().value().equals(name));
    }

    private void audit(String action, long execution, String job) {
        JsonObjectBuilder detail = Json.createObjectBuilder();
        if (!job.isEmpty()) {
            detail.add("job", job);
        }
        audit.add(Caller.of(security), action, Long.toString(execution), detail.build());
    }

    private static JobOperator operator() {
        return BatchRuntime.getJobOperator();
    }
}
