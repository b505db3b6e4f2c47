package io.kiln.api.contract;

import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;

/** HTTP calls of the server under test. */
final class Calls {
    // as browsers, curl and Kiln's own commands: in HTTP/2 one connection would carry all streams, of those that do not
    // read as well
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** All of REST except for what only people do; and nothing of management. */
    private static final Pattern FOR_TOKENS = Pattern.compile("/api/(?!users|tokens|session).*");

    private Calls() {}

    /** A request to be completed; POST, PUT and PATCH carry the body as JSON. */
    static HttpRequest.Builder request(String method, String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(TestServer.address().resolve("/") + path.substring(1)));
        boolean hasBody = method.equals("POST") || method.equals("PATCH") || method.equals("PUT");
        return (hasBody ? request.header("Content-Type", "application/json") : request)
                .method(method, hasBody ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
    }

    /** By a token, as scripts do, where one is enough, and else by the password. */
    static HttpRequest.Builder as(Role role, HttpRequest.Builder request) {
        boolean isTokenEnough =
                FOR_TOKENS.matcher(request.copy().build().uri().getPath()).matches();
        return request.header(
                "Authorization",
                (isTokenEnough ? TestServer.withToken(role) : TestServer.withPassword(role)).authorization());
    }

    static Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(request.build() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The head of an answer whose body never ends; closing the body ends it. */
    static HttpResponse<InputStream> stream(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new AssertionError(request.build() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Answer call(Role role, String method, String path, String body) {
        return send(as(role, request(method, path, body)));
    }

    static Answer get(Role role, String path) {
        return call(role, "GET", path, "");
    }

    static Answer post(String path, String body) {
        return call(Role.OPERATOR, "POST", path, body);
    }
}
