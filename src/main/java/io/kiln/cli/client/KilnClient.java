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
import java.util.Base64;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** The REST calls of the command line client. Thread-safe. Every call throws {@link RequestFailedException} when the server refuses. */
public final class KilnClient {
    private static final Logger LOG = Logger.getLogger(KilnClient.class.getName());
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
        return json("GET", path, BodyPublishers.noBody());
    }

    /** A query; members without a value are left out. */
    public JsonObject get(String path, Map<String, String> query) {
        String text = query.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return get(text.isEmpty() ? path : path + "?" + text);
    }

    public String text(String path) {
        return read(send("GET", path, BodyPublishers.noBody()));
    }

    public JsonObject post(String path, JsonObject body) {
        return json("POST", path, BodyPublishers.ofString(body.toString()));
    }

    public JsonObject post(String path) {
        return json("POST", path, BodyPublishers.noBody());
    }

    public void delete(String path) {
        json("DELETE", path, BodyPublishers.noBody());
    }

    /** An endless answer, to be closed by the caller. */
    public InputStream stream(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    /** A segment of a path. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonObject json(String method, String path, BodyPublisher body) {
        String answer = read(send(method, path, body));
        return answer.isEmpty() ? JsonValue.EMPTY_JSON_OBJECT : parse(answer);
    }

    private InputStream send(String method, String path, BodyPublisher body) {
        String credentials = address.user() + ":" + address.password();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.base() + path))
                .header("Authorization", "Basic " + base64(credentials))
                .header("Content-Type", "application/json")
                .timeout(ANSWERING)
                .method(method, body)
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() >= 400) {
                throw new RequestFailedException(problem(answer.statusCode(), read(answer.body())));
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

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
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
                .add("detail", "the server answered " + status + "; is it a Kiln?")
                .build();
    }

    private static JsonObject parse(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
