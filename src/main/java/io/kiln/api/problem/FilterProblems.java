package io.kiln.api.problem;

import io.kiln.persistence.DatabaseAbsence;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers what fails outside JAX-RS, in filters before it and in servlets, as JAX-RS answers it. It comes first, so web.xml names it: annotations give no
 * order.
 */
public class FilterProblems extends HttpFilter {
    @Inject
    private transient DatabaseAbsence absence;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            response.reset();
            ThrowableMapper.problem(e, absence).writeTo(response);
        }
    }
}
