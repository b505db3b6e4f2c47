package io.kiln.notification;

import io.kiln.pipeline.InputRejectedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends messages as JSON to URLs. Redirections are not followed: they would lead past the allowed hosts. */
@ApplicationScoped
class Webhooks {
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ANSWERING = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofSeconds(15);

    private final Addresses addresses;
    private final HttpClient http;

    /** For the container's proxy only. */
    protected Webhooks() {
        this.addresses = null;
        this.http = null;
    }

    @Inject
    Webhooks(Addresses addresses) {
        this.addresses = addresses;
        // why 1.1: a plain receiver would be offered an upgrade, which some answer with an error
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Sends one; what came back.
     *
     * @throws IOException when the receiver cannot be reached, or did not take it
     * @throws InputRejectedException when its host is allowed no more
     */
    String send(Message message) throws IOException, InterruptedException {
        String body = message.content().toString();
        HttpRequest request = HttpRequest.newBuilder(addresses.webhook(message.address()))
                .timeout(ANSWERING)
                .header("Content-Type", "application/json")
                .header("Kiln-Notification", Long.toString(message.id()))
                .header("Kiln-Signature", Signature.of(body, message.secret()))
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<Void> answer = answer(request);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("it was answered " + answer.statusCode());
        }
        return "it was answered " + answer.statusCode();
    }

    /** The request's own limit ends with the headers; a body that never ends would hold all other messages. */
    private HttpResponse<Void> answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause().getMessage() == null
                            ? e.getCause().toString()
                            : e.getCause().getMessage(),
                    e);
        } catch (TimeoutException e) {
            throw new IOException("it has not answered within " + WHOLE.toSeconds() + " s", e);
        } finally {
            answer.cancel(true);
        }
    }
}
