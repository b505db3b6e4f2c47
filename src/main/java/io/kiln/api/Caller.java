package io.kiln.api;

import io.kiln.access.Requester;
import io.kiln.security.RoleName;
import jakarta.ws.rs.core.SecurityContext;

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
}
