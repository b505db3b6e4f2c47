package io.kiln.cli.server;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * What a server says of its readiness.
 *
 * @param answered whether it answered at all
 * @param ready whether it is ready for requests
 * @param problems names of the checks that are not passed
 */
public record Readiness(boolean answered, boolean ready, List<String> problems) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private static final String APPLICATION = "kiln.war";

    /** Asks a server. One that does not answer is not ready. */
    public static Readiness of(ServerProcess server) throws InterruptedException {
        URI address = URI.create("http://" + server.managementAddress() + "/health/ready");
        try {
            HttpResponse<InputStream> response = CLIENT.send(
                    HttpRequest.newBuilder(address).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (JsonReader reader = Json.createReader(response.body())) {
                return parse(reader.readObject());
            }
        } catch (IOException | JsonException e) {
            // why: a server that is still starting refuses connections, or answers without a body; both say "not yet"
            return new Readiness(false, false, List.of());
        }
    }

    /** Reads an answer of MicroProfile Health. Without the application in it, WildFly is ready and Kiln is not. */
    static Readiness parse(JsonObject health) {
        List<JsonObject> checks = health.getJsonArray("checks").getValuesAs(JsonObject.class);
        List<String> problems = checks.stream()
                .filter(check -> !"UP".equals(check.getString("status")))
                .map(check -> check.getString("name"))
                .toList();
        boolean deployed = checks.stream()
                .filter(check -> check.getString("name").equals("deployments-status"))
                .anyMatch(check -> check.containsKey("data")
                        && "OK".equals(check.getJsonObject("data").getString(APPLICATION, "")));
        return new Readiness(true, deployed && "UP".equals(health.getString("status")), problems);
    }

    /** Whether waiting is in vain: the server has started, with errors. */
    public boolean isHopeless() {
        return problems.contains("boot-errors") && !problems.contains("server-state");
    }
}
