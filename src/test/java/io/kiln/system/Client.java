package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.cli.client.ServerAddress;
import io.kiln.integration.Patience;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The REST interface as a script uses it. */
final class Client {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServerAddress server;
    private final Duration answering;

    Client(ServerAddress server) {
        this(server, Patience.LIMIT);
    }

    /** @param answering how long an answer may take */
    Client(ServerAddress server, Duration answering) {
        this.server = server;
        this.answering = answering;
    }

    JsonObject get(String path) {
        return accepted("GET", path, JsonObject.EMPTY_JSON_OBJECT);
    }

    JsonObject post(String path, JsonObject body) {
        return accepted("POST", path, body);
    }

    JsonObject post(String path) {
        return post(path, JsonObject.EMPTY_JSON_OBJECT);
    }

    JsonObject patch(String path, JsonObject body) {
        return accepted("PATCH", path, body);
    }

    void delete(String path) {
        accepted("DELETE", path, JsonObject.EMPTY_JSON_OBJECT);
    }

    private JsonObject accepted(String method, String path, JsonObject body) {
        Answer answer = ask(method, path, body);
        assertThat(answer.status())
                .as("%s %s answered %s", method, path, answer.body())
                .isBetween(200, 299);
        return answer.body();
    }

    /** What the server answers, whatever it is. */
    record Answer(int status, JsonObject body) {}

    Answer ask(String method, String path, JsonObject body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    /** Makes a batch of these inputs. */
    String batch(String name, JsonObject parameters, List<Path> inputs) {
        var items = Json.createArrayBuilder();
        inputs.forEach(input -> items.add(Json.createObjectBuilder().add("input", input.toString())));
        return post(
                        "/api/batches",
                        Json.createObjectBuilder()
                                .add("name", name)
                                .add("parameters", parameters)
                                .add("items", items)
                                .build())
                .getString("id");
    }

    /** Queues runs, in the order of their items. */
    List<JsonObject> runs(String batch, JsonObject request) {
        return post("/api/batches/" + batch + "/runs", request)
                .getJsonArray("items")
                .getValuesAs(JsonObject.class);
    }

    /** The same, and returns the first one's id. */
    String run(String batch, JsonObject request) {
        return runs(batch, request).get(0).getString("id");
    }

    JsonObject awaitRun(String run, Duration atMost, Predicate<JsonObject> condition) {
        return Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsMatching(UncheckedIOException.class::isInstance)
                .until(() -> get("/api/runs/" + run), condition);
    }

    JsonObject awaitState(String run, String state) {
        return awaitRun(run, Duration.ofMinutes(10), seen -> {
            if (seen.getString("state").equals("FAILED") && !state.equals("FAILED")) {
                throw new AssertionError("the run failed: " + seen);
            }
            return seen.getString("state").equals(state);
        });
    }

    /** Units that are done, 0 before the input was inspected. */
    static int done(JsonObject run) {
        return run.isNull("progress") ? 0 : run.getJsonObject("progress").getInt("done");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.base() + path))
                .timeout(answering)
                .header("Authorization", server.authorization());
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject json(HttpResponse<String> response) {
        boolean isJson = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        if (!isJson || response.body().isBlank()) {
            return JsonObject.EMPTY_JSON_OBJECT;
        }
        try (var reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }
}
