package io.kiln.api.operating;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Kiln's own health checks, all or those of one kind, without their details: anybody may ask, so nothing is told but names. 503 while one of them is down. */
@WebServlet({HealthServlet.ALL, HealthServlet.LIVE, HealthServlet.READY, HealthServlet.STARTED})
public class HealthServlet extends HttpServlet {
    static final String ALL = "/health";
    static final String LIVE = ALL + "/live";
    static final String READY = ALL + "/ready";
    static final String STARTED = ALL + "/started";

    private static final Map<String, Annotation> QUALIFIERS = Map.of(
            ALL, Any.Literal.INSTANCE,
            LIVE, Liveness.Literal.INSTANCE,
            READY, Readiness.Literal.INSTANCE,
            STARTED, Startup.Literal.INSTANCE);

    @Inject
    @Any
    private transient Instance<HealthCheck> checks;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<HealthCheckResponse> results = checks.select(QUALIFIERS.get(request.getServletPath())).stream()
                .map(HealthCheck::call)
                .toList();
        boolean isUp = results.stream().allMatch(result -> result.getStatus() == Status.UP);
        JsonArrayBuilder list = Json.createArrayBuilder();
        results.forEach(result -> list.add(Json.createObjectBuilder()
                .add("name", result.getName())
                .add("status", result.getStatus().name())));
        JsonObject body = Json.createObjectBuilder()
                .add("status", (isUp ? Status.UP : Status.DOWN).name())
                .add("checks", list)
                .build();
        response.setStatus(isUp ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(body.toString());
    }
}
