package io.kiln.api.jobs;

import io.kiln.api.Caller;
import io.kiln.api.PageParameters;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.job.RunId;
import io.kiln.persistence.Page;
import io.kiln.pipeline.Pipelines;
import io.kiln.run.RunQueue;
import io.kiln.run.RunStops;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
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
@RolesAllowed({RoleName.OPERATOR, RoleName.ADMIN})
public class JobResource {
    @Inject
    private JobHistory history;

    @Inject
    private Pipelines pipelines;

    @Inject
    private RunStops stops;

    @Inject
    private RunQueue queue;

    @Inject
    private PlainJobs jobs;

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
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "List the jobs")
    public Page<JobBody> list() {
        Map<String, Long> instances = history.instances();
        Set<String> names = new TreeSet<>(instances.keySet());
        names.addAll(jobs.names());
        pipelines.all().forEach(pipeline -> names.add(pipeline.name().value()));
        return new Page<>(
                names.stream()
                        .map(name -> new JobBody(name, jobs.isPipeline(name), instances.getOrDefault(name, 0L)))
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
        long id = jobs.start(name, properties(start.properties()), Caller.of(security));
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
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "List job executions, newest first")
    public Page<JobExecutionBody> executions(
            @Parameter(description = "only of this job") @QueryParam("job") String job,
            @BeanParam PageParameters page) {
        return history.list(Optional.ofNullable(job), page.request());
    }

    @GET
    @Path("/executions/{execution}")
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
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
            jobs.requirePresent(id, run.get());
            stops.stop(run.get(), Caller.of(security));
        } else {
            jobs.stop(id, Caller.of(security));
        }
        return Response.accepted(history.get(id)).build();
    }

    @POST
    @Path("/executions/{execution}/restart")
    @Operation(summary = "Restart an execution; a run's execution is restarted as its run, through the queue")
    @APIResponseSchema(value = JobExecutionBody.class, responseCode = "202")
    @APIResponse(responseCode = "409", description = "its state does not allow it; the problem holds the state")
    public Response restart(@PathParam("execution") long id) {
        Optional<RunId> run = jobs.run(id);
        if (run.isPresent()) {
            queue.restart(run.get(), Caller.of(security));
            return Response.accepted(history.get(id)).build();
        }
        return Response.accepted(history.get(jobs.restart(id, Caller.of(security))))
                .build();
    }

    @POST
    @Path("/executions/{execution}/abandon")
    @Operation(summary = "Mark a plain job's execution as never to be restarted")
    @APIResponseSchema(value = JobExecutionBody.class, responseCode = "202")
    @APIResponse(responseCode = "409", description = "it is running, or belongs to a run")
    public Response abandon(@PathParam("execution") long id) {
        jobs.abandon(id, Caller.of(security));
        return Response.accepted(history.get(id)).build();
    }
}
