package io.kiln.api.batches;

import io.kiln.api.Caller;
import io.kiln.batch.QueuePlan;
import io.kiln.batch.QueueService;
import io.kiln.run.BatchId;
import io.kiln.run.RunOrder;
import io.kiln.run.RunState;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Queues runs of a batch. */
@Path("/batches/{batch}/runs")
@RequestScoped
@Tag(name = "batches")
@Produces(MediaType.APPLICATION_JSON)
public class QueueResource {
    @Inject
    private QueueService queue;

    @Context
    private SecurityContext security;

    @POST
    @RolesAllowed({RoleName.OPERATOR, RoleName.ADMIN})
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Queue runs of all items, of some, or from one on; or see what that would do",
            description =
                    "'devices' is a number or \"all\" of a node; 'priority' a whole number, higher first, or \"urgent\". Urgent runs go before all others. Where no"
                            + " device is free, a run that is not urgent is asked to give its devices away: it stops within a slab, waits at its old place in the queue, and"
                            + " goes on from what is done.")
    @APIResponseSchema(value = QueueOrder.Queued.class, responseCode = "201")
    @APIResponse(
            responseCode = "200",
            description = "a dry run's plan; nothing is stored",
            content = @Content(schema = @Schema(implementation = QueueOrder.Queued.class)))
    public Response queue(@PathParam("batch") BatchId batch, QueueOrder order) {
        QueuePlan plan = queue.queue(batch, order.request(), Caller.of(security));
        QueueOrder.Queued answer = new QueueOrder.Queued(
                plan.runs().stream().map(run -> queued(run, order.isDryRun())).toList(),
                plan.leftOut().stream()
                        .map(one -> new QueueOrder.LeftOutItem(one.item().value(), one.itemName(), one.reason()))
                        .toList(),
                null);
        return Response.status(order.isDryRun() ? Response.Status.OK : Response.Status.CREATED)
                .entity(answer)
                .build();
    }

    private static QueueOrder.QueuedRun queued(QueuePlan.Planned planned, boolean isDryRun) {
        RunOrder order = planned.order();
        return new QueueOrder.QueuedRun(
                isDryRun ? null : order.id().value(),
                order.batch().value(),
                order.item().value(),
                planned.itemName(),
                order.pipeline().value(),
                (planned.skipped().isPresent() ? RunState.SKIPPED : RunState.QUEUED).name(),
                planned.skipped().orElse(null),
                order.parameters(),
                order.target().value(),
                planned.output().toString());
    }
}
