package io.kiln.security;

import io.kiln.security.user.Accounts;
import io.kiln.security.user.User;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Instant;

/**
 * Ends sessions that began before their user was removed, or was given another role or password: a session remembers who signed in with which role, and would
 * go on for hours. Requests that bring a password or token are looked at by themselves.
 */
@WebFilter(urlPatterns = "/api/*", dispatcherTypes = DispatcherType.REQUEST, asyncSupported = true)
public class StaleSessions extends HttpFilter {
    @Inject
    private transient Accounts accounts;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpSession session = request.getSession(false);
        if (session != null
                && request.getHeader("Authorization") == null
                && request.getUserPrincipal() != null
                && isStale(request.getUserPrincipal().getName(), session)) {
            request.logout();
            session.invalidate();
        }
        chain.doFilter(request, response);
    }

    private boolean isStale(String name, HttpSession session) {
        Instant began = Instant.ofEpochMilli(session.getCreationTime());
        return accounts.find(name).map(User::changedAt).map(began::isBefore).orElse(true);
    }
}
