package io.kiln.api.tokens;

import io.kiln.api.Caller;
import io.kiln.api.PageParameters;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.api.users.Roles;
import io.kiln.persistence.Page;
import io.kiln.security.Role;
import io.kiln.security.RoleName;
import io.kiln.security.token.Token;
import io.kiln.security.token.TokenId;
import io.kiln.security.token.Tokens;
import io.kiln.text.VisibleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tokens: what scripts sign in with, by {@code Authorization: Bearer SECRET}. */
@Path("/tokens")
@RequestScoped
@Tag(name = "tokens")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
public class TokenResource {
    private static final int STANDARD_DAYS = 90;
    private static final int MOST_DAYS = 366;
    private static final int LONGEST_NAME = 100;

    @Inject
    private Tokens tokens;

    @Context
    private SecurityContext security;

    /**
     * A token to be made.
     *
     * @param name what it is for
     * @param role viewer, operator or admin, not above one's own; one's own where it is absent
     * @param days for how long it is good, from 1 to 366; 90 where it is absent
     */
    public record NewToken(@NotNull String name, String role, Integer days) {}

    /**
     * A token as it is answered.
     *
     * @param role that requests with it have at most
     * @param lastUsedAt to the minute; null where it was never used
     * @param secret what it is used by, told when it is made and never again; null in lists
     */
    public record TokenBody(
            UUID id,
            String name,
            String owner,
            String role,
            Instant createdAt,
            Instant expiresAt,
            Instant lastUsedAt,
            String secret) {
        static TokenBody of(Token token, Optional<String> secret) {
            return new TokenBody(
                    token.id().value(),
                    token.name(),
                    token.owner(),
                    token.role().id(),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt().orElse(null),
                    secret.orElse(null));
        }
    }

    @GET
    @Operation(summary = "List one's own tokens, newest first; administrators see everybody's")
    public Page<TokenBody> list(@BeanParam PageParameters page) {
        return tokens.list(page.request(), Caller.requester(security))
                .map(token -> TokenBody.of(token, Optional.empty()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Make a token; its secret is told this once")
    @APIResponseSchema(value = TokenBody.class, responseCode = "201")
    public Response make(NewToken wanted) {
        Caller.requireSignedIn(security);
        Tokens.Made made = tokens.make(Caller.of(security), name(wanted), role(wanted), days(wanted));
        return Response.status(Response.Status.CREATED)
                .entity(TokenBody.of(made.token(), Optional.of(made.secret())))
                .build();
    }

    @DELETE
    @Path("/{token}")
    @Operation(summary = "Revoke a token: what uses it is refused from now on")
    @APIResponse(responseCode = "204", description = "revoked")
    @APIResponse(responseCode = "403", description = "it is somebody else's; the problem holds its owner")
    public void revoke(@PathParam("token") TokenId id) {
        Caller.requireSignedIn(security);
        tokens.revoke(id, Caller.requester(security));
    }

    private static String name(NewToken wanted) {
        if (wanted.name().isBlank() || wanted.name().length() > LONGEST_NAME) {
            throw invalid("a token needs a name of 1 to " + LONGEST_NAME + " characters that says what it is for");
        }
        VisibleName.problem("the token's name", wanted.name()).ifPresent(problem -> {
            throw invalid(problem);
        });
        return wanted.name();
    }

    private Role role(NewToken wanted) {
        Role own = Caller.role(security);
        Role role = wanted.role() == null ? own : Roles.parse(wanted.role());
        if (role.compareTo(own) > 0) {
            throw invalid("role is '" + role + "', but must not be above your own, " + own);
        }
        return role;
    }

    private static int days(NewToken wanted) {
        int days = wanted.days() == null ? STANDARD_DAYS : wanted.days();
        if (days < 1 || days > MOST_DAYS) {
            throw invalid("days is " + days + ", but must be from 1 to " + MOST_DAYS);
        }
        return days;
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
