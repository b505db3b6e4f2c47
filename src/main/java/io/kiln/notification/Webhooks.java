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

/** Sends messages as JSON to URLs. Redirections are not followed: they would lead past the allowed hosts. */
@ApplicationScoped
class Webhooks {
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ANSWERING = Duration.ofSeconds(10);

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
        HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("it was answered " + answer.statusCode());
        }
        return "it was answered " + answer.statusCode();
    }
}
