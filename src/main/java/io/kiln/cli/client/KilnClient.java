package io.kiln.cli.client;

import io.kiln.cli.CommandFailure;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** The REST calls of the command line client. Thread-safe. Every call throws {@link RequestFailedException} when the server refuses. */
public final class KilnClient {
    private static final Logger LOG = Logger.getLogger(KilnClient.class.getName());
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration ANSWERING = Duration.ofSeconds(60);

    private final ServerAddress address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTING)
            .build();

    public KilnClient(ServerAddress address) {
        this.address = address;
    }

    public ServerAddress address() {
        return address;
    }

    public JsonObject get(String path) {
        return json("GET", path, BodyPublishers.noBody(), Map.of());
    }

    public JsonObject get(String path, Map<String, String> query) {
        return get(with(path, query));
    }

    /** A path with a query; members without a value are left out. */
    public static String with(String path, Map<String, String> query) {
        String text = query.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return text.isEmpty() ? path : path + "?" + text;
    }

    public String text(String path) {
        return new String(read(stream(path, Map.of())), StandardCharsets.UTF_8);
    }

    /** What a file has from this byte on; empty where it does not have that byte. */
    public Optional<byte[]> bytesFrom(String path, long first) {
        try {
            return Optional.of(read(stream(path, Map.of("Range", "bytes=" + first + "-"))));
        } catch (RequestFailedException e) {
            if (e.problem().getInt("status") == RANGE_NOT_SATISFIABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public JsonObject post(String path, JsonObject body) {
        return json("POST", path, BodyPublishers.ofString(body.toString()), Map.of());
    }

    public JsonObject post(String path) {
        return json("POST", path, BodyPublishers.noBody(), Map.of());
    }

    public JsonObject put(String path, JsonObject body) {
        return json("PUT", path, BodyPublishers.ofString(body.toString()), Map.of());
    }

    /**
     * Sends a JSON merge patch.
     *
     * @param ifMatch the ETag that the edit is made on; empty where it is meant whatever the present version is
     */
    public JsonObject patch(String path, JsonObject patch, Optional<String> ifMatch) {
        Map<String, String> headers =
                ifMatch.map(tag -> Map.of("If-Match", tag)).orElse(Map.of());
        return json("PATCH", path, BodyPublishers.ofString(patch.toString()), headers);
    }

    public void delete(String path) {
        delete(path, Map.of());
    }

    public void delete(String path, Map<String, String> query) {
        json("DELETE", with(path, query), BodyPublishers.noBody(), Map.of());
    }

    /** An answer of any length, to be closed by the caller. */
    public InputStream stream(String path, Map<String, String> headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** A segment of a path. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonObject json(String method, String path, BodyPublisher body, Map<String, String> headers) {
        String answer = new String(read(send(method, path, body, headers)), StandardCharsets.UTF_8);
        return answer.isEmpty() ? JsonValue.EMPTY_JSON_OBJECT : parse(answer);
    }

    private InputStream send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        LOG.fine(() -> method + " " + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.base() + path))
                .header("Authorization", address.authorization())
                .header("Content-Type", "application/json")
                .timeout(ANSWERING)
                .method(method, body);
        headers.forEach(request::header);
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() >= 400) {
                throw new RequestFailedException(
                        problem(answer.statusCode(), new String(read(answer.body()), StandardCharsets.UTF_8)));
            }
            return answer.body();
        } catch (ConnectException e) {
            throw new CommandFailure(
                    "no server answers at " + address.base() + "; start one with 'kiln up' or set KILN_URL", e);
        } catch (IOException e) {
            throw new CommandFailure(address.base() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for the server", e);
        }
    }

    private static byte[] read(InputStream body) {
        try (body) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new CommandFailure("the server's answer broke off: " + e.getMessage(), e);
        }
    }

    private static JsonObject problem(int status, String body) {
        try {
            JsonObject problem = parse(body);
            if (problem.containsKey("detail")) {
                return problem;
            }
        } catch (JsonException | ClassCastException notFromKiln) {
            LOG.log(Level.FINE, "the answer is no problem document: " + body, notFromKiln);
        }
        return Json.createObjectBuilder()
                .add("status", status)
                .add(
                        "detail",
                        "the server answered " + status
                                + "; is it a Kiln, or one that is still starting (kiln status)?")
                .build();
    }

    private static JsonObject parse(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
