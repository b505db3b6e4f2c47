package io.kiln.integration;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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

    /**
     * Connects.
     *
     * @param awaited a part of the line
     */
    public static Listener of(HttpClient http, String awaited) {
        HttpRequest request = HttpRequest.newBuilder(TestServer.address().resolve("api/events"))
                .timeout(Patience.LIMIT)
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
