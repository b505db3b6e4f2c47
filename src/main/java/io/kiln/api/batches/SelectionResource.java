package io.kiln.api.batches;

import io.kiln.api.Caller;
import io.kiln.api.openapi.Choices;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.batch.ItemActions;
import io.kiln.batch.ItemMove;
import io.kiln.batch.ItemMoves;
import io.kiln.batch.ItemRemoval;
import io.kiln.run.BatchId;
import io.kiln.run.RunState;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is done to some items of a batch at once. */
@Path("/batches/{batch}/selection")
@RequestScoped
@Tag(name = "batches")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.OPERATOR, RoleName.ADMIN})
public class SelectionResource {
    private static final Set<RunState> RESTARTABLE = EnumSet.of(RunState.FAILED, RunState.STOPPED);

    @Inject
    private ItemActions actions;

    @Inject
    private ItemRemoval removal;

    @Inject
    private ItemMoves moves;

    @Context
    private SecurityContext security;

    /** @param items {@code "all"} or a list of item ids */
    public record Selected(
            @Schema(ref = Choices.ITEMS, required = true) JsonValue items) {}

    /**
     * @param items {@code "all"} or a list of item ids
     * @param states of newest runs, FAILED and STOPPED; both where it is absent
     */
    public record Restarted(
            @Schema(ref = Choices.ITEMS, required = true) JsonValue items, List<String> states) {}

    @POST
    @Path("/stop")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Stop every run of some items that is not over")
    @APIResponseSchema(value = BatchResource.Stopped.class, responseCode = "202")
    public Response stop(@PathParam("batch") BatchId batch, Selected selected) {
        int runs = actions.stop(batch, ItemsMember.required(selected.items()), Caller.of(security));
        return Response.accepted(new BatchResource.Stopped(runs)).build();
    }

    @POST
    @Path("/restart")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Queue the newest runs of some items again where they failed or were stopped",
            description =
                    "Each goes on from what is done. Items whose newest run is in another state are left as they are.")
    @APIResponseSchema(value = Queued.class, responseCode = "202")
    public Response restart(@PathParam("batch") BatchId batch, Restarted wanted) {
        int runs = actions.restart(batch, ItemsMember.required(wanted.items()), states(wanted), Caller.of(security));
        return Response.accepted(new Queued(runs)).build();
    }

    /** @param runs how many runs were queued again */
    public record Queued(int runs) {}

    /**
     * @param items {@code "all"} or a list of item ids
     * @param to {@code "top"}, {@code "up"} or {@code "down"} by one place, or {@code "end"}
     */
    public record Moving(
            @Schema(ref = Choices.ITEMS, required = true) JsonValue items, String to) {
        ItemMove move() {
            return Arrays.stream(ItemMove.values())
                    .filter(move -> move.name().toLowerCase(Locale.ROOT).equals(to))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.INVALID_REQUEST, "to is '" + to + "', but must be top, up, down or end"));
        }
    }

    @POST
    @Path("/move")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Move some items of a batch together",
            description =
                    "'to' is \"top\", \"end\", or by one place \"up\" or \"down\". They keep their order among themselves;"
                            + " their queued runs change places in the queue with them.")
    @APIResponseSchema(Moved.class)
    public Moved move(@PathParam("batch") BatchId batch, Moving wanted) {
        return new Moved(moves.move(batch, ItemsMember.required(wanted.items()), wanted.move(), Caller.of(security)));
    }

    /** @param items how many of them have another place now */
    public record Moved(int items) {}

    private static Set<RunState> states(Restarted wanted) {
        if (wanted.states() == null || wanted.states().isEmpty()) {
            return RESTARTABLE;
        }
        Set<RunState> states = RESTARTABLE.stream()
                .filter(state -> wanted.states().contains(state.name()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(RunState.class)));
        if (states.size() < Set.copyOf(wanted.states()).size()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "states is " + wanted.states() + ", but only runs that are " + RESTARTABLE + " can be restarted");
        }
        return states;
    }

    @POST
    @Path("/remove")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Remove items, their outputs or their input files; or see what that would take",
            description =
                    "Each is said of its own: 'entries' are the items with their runs, without any file; 'outputs'"
                            + " what their runs have published; 'inputs' their input files. Every file is audited. What"
                            + " cannot be deleted is reported, and the others go all the same; the item of such a file"
                            + " stays.")
    @APIResponseSchema(RemovalOrder.Removed.class)
    public RemovalOrder.Removed remove(@PathParam("batch") BatchId batch, RemovalOrder order) {
        return RemovalOrder.Removed.of(
                order.isDryRun()
                        ? removal.plan(batch, order.request())
                        : removal.remove(batch, order.request(), Caller.of(security)));
    }
}
