package io.kiln.security.token;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Lets requests in that bring a token ({@code Authorization: Bearer kiln_…}). A request that brings one is its owner's or nobody's, whatever session it has
 * besides.
 */
@WebFilter(
        urlPatterns = {"/api/*", "/metrics"},
        dispatcherTypes = DispatcherType.REQUEST,
        asyncSupported = true)
public class TokenFilter extends HttpFilter {
    private static final String SCHEME = "Bearer ";

    @Inject
    private transient Tokens tokens;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Tokens.Bearer> bearer =
                tokens.bearer(header.substring(SCHEME.length()).strip());
        chain.doFilter(new TokenRequest(request, bearer), response);
    }
}
