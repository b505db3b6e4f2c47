package io.kiln.security;

import jakarta.ws.rs.ForbiddenException;

/** A request that changes something was sent by a page of another site, or by a session from no page at all. */
public class ForeignOriginException extends ForbiddenException {
    public ForeignOriginException(String message) {
        super(message);
    }
}
