package io.kiln.security.token;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Optional;

/** A request whose sender is known by a token; by one that is worth nothing it is nobody's. */
public final class TokenRequest extends HttpServletRequestWrapper {
    /** What such a request says it was authenticated by. */
    public static final String SCHEME = "KILN_TOKEN";

    private final Optional<Tokens.Bearer> bearer;

    TokenRequest(HttpServletRequest request, Optional<Tokens.Bearer> bearer) {
        super(request);
        this.bearer = bearer;
    }

    /** The owner. */
    private record Owner(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    @Override
    public Principal getUserPrincipal() {
        return bearer.map(one -> new Owner(one.name())).orElse(null);
    }

    @Override
    public String getRemoteUser() {
        return bearer.map(Tokens.Bearer::name).orElse(null);
    }

    @Override
    public boolean isUserInRole(String role) {
        return bearer.filter(one -> one.role().groups().contains(role)).isPresent();
    }

    @Override
    public String getAuthType() {
        return SCHEME;
    }
}
