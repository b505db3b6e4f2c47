package io.kiln.api.audit;

import io.kiln.api.PageParameters;
import io.kiln.event.AuditEntry;
import io.kiln.event.AuditFilter;
import io.kiln.event.AuditLog;
import io.kiln.persistence.Page;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who did what. */
@Path("/audit")
@RequestScoped
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    @Inject
    private AuditLog audit;

    @GET
    @RolesAllowed(RoleName.ADMIN)
    @Operation(summary = "List what people did, newest first")
    public Page<AuditEntry> list(
            @Parameter(description = "only what this user did") @QueryParam("who") String who,
            @Parameter(description = "only this, such as 'stop run'") @QueryParam("action") String action,
            @Parameter(description = "only what was done to this, such as a run's id") @QueryParam("subject")
                    String subject,
            @BeanParam PageParameters page) {
        return audit.list(
                new AuditFilter(Optional.ofNullable(who), Optional.ofNullable(action), Optional.ofNullable(subject)),
                page.request());
    }
}
