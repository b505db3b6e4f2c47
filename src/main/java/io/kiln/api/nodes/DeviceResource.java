package io.kiln.api.nodes;

import io.kiln.api.Caller;
import io.kiln.persistence.Page;
import io.kiln.persistence.UnknownIdException;
import io.kiln.run.NodeService;
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
import jakarta.ws.rs.core.SecurityContext;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What runs are computed on. */
@Path("/gpus")
@RequestScoped
@Tag(name = "nodes")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceResource {
    @Inject
    private NodeService nodes;

    @Context
    private SecurityContext security;

    @GET
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(
            summary = "List the devices of all nodes, the processor's among them, who holds them and how they are used")
    public Page<DeviceBody> list() {
        return new Page<>(devices().toList(), null);
    }

    @POST
    @Path("/{node}/{device}/release")
    @RolesAllowed({RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "Use a device again that was left alone because it had failed")
    public DeviceBody release(@PathParam("node") String node, @PathParam("device") String device) {
        nodes.releaseDevice(node, device, Caller.of(security));
        return devices()
                .filter(each -> each.node().equals(node) && each.id().equals(device))
                .findFirst()
                .orElseThrow(() -> new UnknownIdException("device", node + "/" + device));
    }

    private Stream<DeviceBody> devices() {
        return nodes.list().stream()
                .flatMap(node -> node.devices().stream().map(device -> DeviceBody.of(node.name(), device)));
    }
}
