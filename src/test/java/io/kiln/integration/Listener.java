package io.kiln.integration;

import io.kiln.security.Role;
import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** A listener of events that waits for one line, without a thread of its own. */
public final class Listener implements Flow.Subscriber<String>, AutoCloseable {
    private final String awaited;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> heard = new CompletableFuture<>();
    private Flow.Subscription subscription;

    private Listener(String awaited) {
        this.awaited = awaited;
    }

    /** As a browser: a password for each of many listeners would cost a tenth of a second each. */
    public static HttpClient signedIn(Role role) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .build();
        http.send(HttpRequest.newBuilder(TestServer.address()).build(), BodyHandlers.discarding());
        String form = "j_username=" + TestServer.user(role) + "&j_password=" + TestServer.password(role);
        http.send(
                HttpRequest.newBuilder(TestServer.address().resolve("j_security_check"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.discarding());
        return http;
    }

    /**
     * Connects.
     *
     * @param awaited a part of the line
     */
    public static Listener of(HttpClient http, String awaited) {
        HttpRequest request = HttpRequest.newBuilder(TestServer.address().resolve("api/events"))
                .timeout(Duration.ofSeconds(60))
                .build();
        Listener listener = new Listener(awaited);
        http.sendAsync(request, BodyHandlers.fromLineSubscriber(listener)).whenComplete((answer, failure) -> {
            if (failure != null) {
                listener.onError(failure);
            } else if (answer.statusCode() != 200) {
                listener.onError(new AssertionError("the server answered " + answer.statusCode()));
            }
        });
        return listener;
    }

    /** Done with the first line; fails when there is no stream. */
    public CompletableFuture<Void> connected() {
        return connected;
    }

    /** Done once the line has come. */
    public CompletableFuture<Void> heard() {
        return heard;
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        opened.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        connected.complete(null);
        if (line.contains(awaited)) {
            heard.complete(null);
        }
    }

    @Override
    public void onError(Throwable failure) {
        connected.completeExceptionally(failure);
        heard.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        onError(new AssertionError("the server has ended the stream"));
    }

    @Override
    public void close() {
        subscription.cancel();
    }
}
