package io.kiln.api;

import jakarta.ws.rs.core.SecurityContext;

/** Who asks. */
public final class Caller {
    private Caller() {}

    /** The user's name, as it stands in the audit. */
    public static String of(SecurityContext security) {
        return security.getUserPrincipal().getName();
    }
}
