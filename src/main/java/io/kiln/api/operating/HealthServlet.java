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
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/** Kiln's own health checks, without their details: anybody may ask, so nothing is told but names. 503 while one of them is down. */
@WebServlet("/health")
public class HealthServlet extends HttpServlet {
    @Inject
    @Any
    private transient Instance<HealthCheck> checks;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<HealthCheckResponse> results =
                checks.stream().map(HealthCheck::call).toList();
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
        response.getWriter().write(body.toString());
    }
}
