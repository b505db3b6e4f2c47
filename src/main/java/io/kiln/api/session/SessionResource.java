package io.kiln.api.session;

import io.kiln.security.Role;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is signed in. */
@Path("/session")
@RequestScoped
@Tag(name = "session")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
public class SessionResource {
    /** @param roles every role that the user has */
    public record SessionBody(String user, List<String> roles) {}

    @GET
    @Operation(summary = "Say who is signed in, with which roles")
    public SessionBody show(@Context SecurityContext security) {
        return new SessionBody(
                security.getUserPrincipal().getName(),
                Stream.of(Role.values())
                        .map(Role::id)
                        .filter(security::isUserInRole)
                        .toList());
    }

    @DELETE
    @Operation(summary = "Sign out: end the browser's session")
    public void end(@Context HttpServletRequest request) throws ServletException {
        request.logout();
        if (request.getSession(false) != null) {
            request.getSession(false).invalidate();
        }
    }
}
