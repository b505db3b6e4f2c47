package io.kiln.api.operating;

import io.kiln.api.problem.Problem;
import io.kiln.api.problem.ProblemType;
import io.kiln.security.Role;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

/** The server's meters, for Prometheus with a viewer's password. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final transient HttpClient http = HttpClient.newHttpClient();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() == null) {
            Problem.of(ProblemType.NOT_SIGNED_IN, "send a user and password (HTTP basic)")
                    .writeTo(response);
        } else if (Stream.of(Role.values()).map(Role::id).noneMatch(request::isUserInRole)) {
            Problem.of(ProblemType.NOT_ALLOWED, "metrics need the role viewer").writeTo(response);
        } else {
            answer(response);
        }
    }

    /** The server keeps its meters to itself; the page on its management port is the only way to all of them. */
    private void answer(HttpServletResponse response) throws IOException {
        URI page = URI.create("http://" + System.getProperty("jboss.bind.address.management", "127.0.0.1") + ":"
                + System.getProperty("jboss.management.http.port", "9990") + "/metrics");
        try {
            HttpResponse<String> metrics = http.send(
                    HttpRequest.newBuilder(page).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            response.setStatus(metrics.statusCode());
            response.setContentType("text/plain; version=0.0.4; charset=utf-8");
            response.getWriter().write(metrics.body());
        } catch (IOException e) {
            Problem.of(ProblemType.UNAVAILABLE, page + " does not answer: " + e).writeTo(response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Problem.of(ProblemType.UNAVAILABLE, "the server is stopping").writeTo(response);
        }
    }
}
