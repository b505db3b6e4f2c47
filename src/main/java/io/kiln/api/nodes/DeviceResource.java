package io.kiln.api.nodes;

import io.kiln.persistence.Page;
import io.kiln.run.NodeService;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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

    @GET
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "List the devices of all nodes, the processor's among them, and the runs that hold them")
    public Page<DeviceBody> list() {
        return new Page<>(
                nodes.list().stream()
                        .flatMap(node -> node.devices().stream().map(device -> DeviceBody.of(node.name(), device)))
                        .toList(),
                null);
    }
}
