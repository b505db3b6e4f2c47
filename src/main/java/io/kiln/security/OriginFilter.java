package io.kiln.security;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Set;

/**
 * Protects against cross-site request forgery: what changes something comes from Kiln's own pages, or from a program that sends its password with each
 * request. Browsers name the origin of every such request themselves; pages cannot forge it.
 */
@Provider
@Priority(Priorities.AUTHENTICATION - 100)
public class OriginFilter implements ContainerRequestFilter {
    private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Override
    public void filter(ContainerRequestContext request) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        String origin = request.getHeaderString("Origin");
        if (origin != null) {
            if (!isSame(origin, request.getHeaderString(HttpHeaders.HOST))) {
                throw new ForeignOriginException("the request comes from " + origin + " to "
                        + request.getHeaderString(HttpHeaders.HOST)
                        + "; only Kiln's own pages may change something. A proxy must pass the Host header on");
            }
        } else if (request.getHeaderString(HttpHeaders.AUTHORIZATION) == null
                && request.getSecurityContext().getUserPrincipal() != null) {
            throw new ForeignOriginException(
                    "the request has a session but no Origin header; programs send their user and "
                            + "password (HTTP basic) with each request");
        }
    }

    /** Authorities alone are compared: a proxy that ends TLS keeps the Host header, not the scheme. */
    static boolean isSame(String origin, String host) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }
}
