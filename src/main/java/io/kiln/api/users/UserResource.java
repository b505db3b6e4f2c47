package io.kiln.api.users;

import io.kiln.api.Caller;
import io.kiln.persistence.Page;
import io.kiln.security.RoleName;
import io.kiln.security.user.Accounts;
import io.kiln.security.user.User;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Users: who may sign in, with which role. What is changed here is changed for WildFly's admin console, too. */
@Path("/users")
@RequestScoped
@Tag(name = "users")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(RoleName.ADMIN)
public class UserResource {
    @Inject
    private Accounts accounts;

    @Context
    private SecurityContext security;

    /** @param changedAt when role or password was last changed; null where that is not known */
    public record UserBody(String name, String role, Instant changedAt) {
        static UserBody of(User user) {
            return new UserBody(
                    user.name(), user.role().id(), user.changedAt().equals(Instant.EPOCH) ? null : user.changedAt());
        }
    }

    /**
     * @param role viewer, operator or admin
     * @param password of at least 8 characters and at most 72 bytes in UTF-8
     */
    public record NewUser(
            @NotNull String name,
            @NotNull String role,
            @NotNull String password) {}

    /** What changes of a user; what is absent stays. */
    public record UserEdit(String role, String password) {}

    @GET
    @Operation(summary = "List the users by name")
    public Page<UserBody> list() {
        return new Page<>(accounts.list().stream().map(UserBody::of).toList(), null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Add a user")
    @APIResponseSchema(value = UserBody.class, responseCode = "201")
    @APIResponse(responseCode = "409", description = "there is one of that name already")
    public Response add(NewUser wanted) {
        Caller.requireSignedIn(security);
        User user = accounts.add(wanted.name(), Roles.parse(wanted.role()), wanted.password(), Caller.of(security));
        return Response.created(URI.create("users/"
                        + URLEncoder.encode(user.name(), StandardCharsets.UTF_8).replace("+", "%20")))
                .entity(UserBody.of(user))
                .build();
    }

    @PATCH
    @Path("/{user}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give a user another role or password",
            description = "Sessions of the user end, tokens stay, with no more than the new role.")
    @APIResponse(responseCode = "409", description = "it is the last administrator, who stays one")
    public UserBody edit(@PathParam("user") String name, UserEdit edit) {
        Caller.requireSignedIn(security);
        accounts.get(name);
        if (edit.role() != null) {
            accounts.setRole(name, Roles.parse(edit.role()), Caller.of(security));
        }
        if (edit.password() != null) {
            accounts.setPassword(name, edit.password(), Caller.of(security));
        }
        return UserBody.of(accounts.get(name));
    }

    @DELETE
    @Path("/{user}")
    @Operation(summary = "Remove a user: sessions end, tokens are worth nothing any more; batches stay")
    @APIResponse(responseCode = "204", description = "removed")
    @APIResponse(responseCode = "409", description = "it is the last administrator, who stays")
    public void remove(@PathParam("user") String name) {
        Caller.requireSignedIn(security);
        accounts.remove(name, Caller.of(security));
    }
}
