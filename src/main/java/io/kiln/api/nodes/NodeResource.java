package io.kiln.api.nodes;

import io.kiln.api.Caller;
import io.kiln.persistence.Page;
import io.kiln.persistence.UnknownIdException;
import io.kiln.run.NodeService;
import io.kiln.run.NodeView;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The server nodes. */
@Path("/nodes")
@RequestScoped
@Tag(name = "nodes")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(RoleName.ADMIN)
public class NodeResource {
    @Inject
    private NodeService nodes;

    @Context
    private SecurityContext security;

    /**
     * A server node as it is answered.
     *
     * @param alive whether its heart has beaten lately
     * @param draining whether it takes no more runs and stops those it has
     * @param activeRuns how many runs it still executes; 0 when a drain is done
     */
    public record NodeBody(
            String name,
            Instant startedAt,
            Instant heartbeatAt,
            boolean alive,
            boolean draining,
            int activeRuns,
            List<DeviceBody> devices) {}

    @GET
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "List the server nodes with their devices")
    public Page<NodeBody> list() {
        return new Page<>(nodes.list().stream().map(this::body).toList(), null);
    }

    @GET
    @Path("/{node}")
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "Show a server node")
    public NodeBody show(@PathParam("node") String name) {
        return nodes.list().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .map(this::body)
                .orElseThrow(() -> new UnknownIdException("node", name));
    }

    @POST
    @Path("/{node}/drain")
    @Operation(summary = "Take no more runs on a node; those it has stop within a slab and go back to the queue")
    @APIResponseSchema(value = NodeBody.class, responseCode = "202")
    public Response drain(@PathParam("node") String name) {
        nodes.drain(name, Caller.of(security));
        return Response.accepted(show(name)).build();
    }

    @POST
    @Path("/{node}/resume")
    @Operation(summary = "Let a drained node take runs again")
    @APIResponseSchema(value = NodeBody.class, responseCode = "202")
    public Response resume(@PathParam("node") String name) {
        nodes.resume(name, Caller.of(security));
        return Response.accepted(show(name)).build();
    }

    private NodeBody body(NodeView node) {
        return new NodeBody(
                node.name(),
                node.startedAt(),
                node.heartbeatAt(),
                node.alive(),
                node.draining(),
                nodes.activeRuns(node.name()),
                node.devices().stream()
                        .map(device -> DeviceBody.of(node.name(), device))
                        .toList());
    }
}
