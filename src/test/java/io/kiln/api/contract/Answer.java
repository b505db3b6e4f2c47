package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What the server answered. */
record Answer(int status, String body, HttpResponse<String> response) {
    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body(), response);
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    JsonObject json() {
        try (var reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    /** What was created, once this says that something was. */
    JsonObject created() {
        assertThat(status).describedAs(body).isEqualTo(201);
        return json();
    }

    /** The body, once this is a problem document of that kind, with a title and a detail. */
    JsonObject problem(int expectedStatus, String type) {
        assertThat(status).describedAs(body).isEqualTo(expectedStatus);
        assertThat(header("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonObject problem = json();
        assertThat(problem.getInt("status")).isEqualTo(expectedStatus);
        assertThat(problem.getString("type")).isEqualTo("/problems/" + type);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
        return problem;
    }
}
