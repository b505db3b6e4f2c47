package io.kiln.api.runs;

import io.kiln.api.Caller;
import io.kiln.api.PageParameters;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.job.RunId;
import io.kiln.persistence.Page;
import io.kiln.run.BatchId;
import io.kiln.run.RunFilter;
import io.kiln.run.RunQueue;
import io.kiln.run.RunRemoval;
import io.kiln.run.RunService;
import io.kiln.run.RunState;
import io.kiln.run.RunStops;
import io.kiln.run.RunView;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
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
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs: one pipeline on one item each. */
@Path("/runs")
@RequestScoped
@Tag(name = "runs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.OPERATOR, RoleName.ADMIN})
public class RunResource {
    @Inject
    private RunService runs;

    @Inject
    private RunQueue queue;

    @Inject
    private RunStops stops;

    @Inject
    private RunRemoval removal;

    @Context
    private SecurityContext security;

    @GET
    @Transactional
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "List runs, newest first")
    public Page<RunBody> list(
            @Parameter(description = "only runs of this batch") @QueryParam("batch") BatchId batch,
            @Parameter(description = "only runs in this state") @QueryParam("state") String state,
            @BeanParam PageParameters page) {
        RunFilter filter = new RunFilter(Optional.ofNullable(batch), state(state));
        return runs.list(filter, page.request()).map(view -> body(view).inList());
    }

    private static Optional<RunState> state(String text) {
        if (text == null) {
            return Optional.empty();
        }
        Optional<RunState> state = Arrays.stream(RunState.values())
                .filter(one -> one.name().equals(text))
                .findFirst();
        if (state.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "state is '" + text + "', but must be one of " + Arrays.toString(RunState.values()));
        }
        return state;
    }

    @GET
    @Path("/{run}")
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "Show a run with its executions")
    public RunBody show(@PathParam("run") RunId id) {
        return body(runs.get(id));
    }

    @POST
    @Path("/{run}/stop")
    @Operation(
            summary = "Stop a run: a queued one at once, an active one within a slab",
            description =
                    "A queued run whose server was lost while it put its output in the place of an older one goes on, and completes.")
    @APIResponseSchema(value = RunBody.class, responseCode = "202")
    @APIResponse(responseCode = "409", description = "it is over already; the problem holds its state")
    public Response stop(@PathParam("run") RunId id) {
        stops.stop(id, Caller.of(security));
        return Response.accepted(show(id)).build();
    }

    @POST
    @Path("/{run}/restart")
    @Operation(summary = "Queue a failed or stopped run again; it goes on from what is done")
    @APIResponseSchema(value = RunBody.class, responseCode = "202")
    @APIResponse(
            responseCode = "409",
            description =
                    "it is neither failed nor stopped, its place was given to another run, or another one is doing the same; the problem holds its state")
    public Response restart(@PathParam("run") RunId id) {
        queue.restart(id, Caller.of(security));
        return Response.accepted(show(id)).build();
    }

    @DELETE
    @Path("/{run}")
    @Operation(summary = "Forget a run that is over; its output stays")
    @APIResponse(responseCode = "204", description = "forgotten")
    @APIResponse(responseCode = "409", description = "it is not over; the problem holds its state")
    public void delete(@PathParam("run") RunId id) {
        removal.delete(id, Caller.of(security));
    }

    private RunBody body(RunView view) {
        return RunBody.of(view, runs.input(view.run()), runs.output(view.run()));
    }
}
