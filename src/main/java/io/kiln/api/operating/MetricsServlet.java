package io.kiln.api.operating;

import io.kiln.api.problem.Problem;
import io.kiln.api.problem.ProblemType;
import io.kiln.security.Role;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;

/** The server's meters, for Prometheus with a viewer's password. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {
    @Inject
    private transient MeterRegistry registry;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() == null) {
            refuse(response, ProblemType.NOT_SIGNED_IN, "send a user and password (HTTP basic)");
        } else if (Stream.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN).noneMatch(request::isUserInRole)) {
            refuse(response, ProblemType.NOT_ALLOWED, "metrics need the role viewer");
        } else {
            response.setContentType(MetricsText.MEDIA_TYPE);
            response.getWriter().write(MetricsText.of(registry.getMeters()));
        }
    }

    private static void refuse(HttpServletResponse response, ProblemType type, String detail) throws IOException {
        response.setStatus(type.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(Problem.of(type, detail).toJson().toString());
    }
}
