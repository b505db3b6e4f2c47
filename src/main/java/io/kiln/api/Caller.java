package io.kiln.api;

import io.kiln.access.Requester;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.security.Role;
import io.kiln.security.RoleName;
import io.kiln.security.token.TokenRequest;
import jakarta.ws.rs.core.SecurityContext;
import java.util.stream.Stream;

/** Who asks. */
public final class Caller {
    private Caller() {}

    /** The user's name, as it stands in the audit. */
    public static String of(SecurityContext security) {
        return security.getUserPrincipal().getName();
    }

    /** The user, and whether what others own is theirs to change. */
    public static Requester requester(SecurityContext security) {
        return new Requester(of(security), security.isUserInRole(RoleName.ADMIN));
    }

    /** The highest role that this request has; by a token it may be lower than its owner's. */
    public static Role role(SecurityContext security) {
        return Stream.of(Role.values())
                .filter(role -> security.isUserInRole(role.id()))
                .reduce(Role.VIEWER, (lower, higher) -> higher);
    }

    /** @throws ProblemException when the request was sent by a script: with a token nobody makes more tokens, or other users */
    public static void requireSignedIn(SecurityContext security) {
        if (TokenRequest.SCHEME.equals(security.getAuthenticationScheme())) {
            throw new ProblemException(
                    ProblemType.NOT_ALLOWED,
                    "a token cannot manage users, passwords or tokens; sign in with a password to do that");
        }
    }
}
