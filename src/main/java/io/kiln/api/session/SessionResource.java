package io.kiln.api.session;

import io.kiln.api.Caller;
import io.kiln.security.Role;
import io.kiln.security.RoleName;
import io.kiln.security.user.Accounts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is signed in. */
@Path("/session")
@RequestScoped
@Tag(name = "session")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
public class SessionResource {
    @Inject
    private Accounts accounts;

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

    /**
     * A change of one's own password.
     *
     * @param present what it is
     * @param password what it shall be, of at least 8 characters and at most 72 bytes in UTF-8
     */
    public record NewPassword(
            @NotNull String present, @NotNull String password) {}

    @POST
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Change one's own password; sessions end, also this one")
    @APIResponse(responseCode = "204", description = "changed")
    public void changePassword(NewPassword wanted, @Context SecurityContext security) {
        Caller.requireSignedIn(security);
        accounts.changePassword(Caller.of(security), wanted.present(), wanted.password());
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
