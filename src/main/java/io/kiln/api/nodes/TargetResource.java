package io.kiln.api.nodes;

import io.kiln.persistence.Page;
import io.kiln.security.RoleName;
import io.kiln.target.Targets;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where runs can execute. */
@Path("/targets")
@RequestScoped
@Tag(name = "nodes")
@Produces(MediaType.APPLICATION_JSON)
public class TargetResource {
    @Inject
    private Targets targets;

    /** @param name as batches and runs name it */
    public record TargetBody(String name) {}

    @GET
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "List the targets that runs can be sent to")
    public Page<TargetBody> list() {
        return new Page<>(
                targets.names().stream()
                        .map(name -> new TargetBody(name.value()))
                        .toList(),
                null);
    }
}
