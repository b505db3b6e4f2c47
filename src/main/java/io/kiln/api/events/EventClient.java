package io.kiln.api.events;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One listener: a bounded queue before its connection. A listener that is too slow loses what waits and is told to read everything anew, so that it
 * costs neither memory nor anybody else's time. Thread-safe; never waits.
 */
final class EventClient {
    static final int WAITING = 1000;

    private static final Logger LOG = Logger.getLogger(EventClient.class.getName());

    private final SseEventSink sink;
    private final Supplier<OutboundSseEvent> resync;
    private final Instant connected;
    private final Consumer<EventClient> gone;
    private final Deque<OutboundSseEvent> queue = new ArrayDeque<>();
    private boolean sending;
    private boolean closed;

    /**
     * @param resync the event that tells a listener to read everything anew
     * @param gone told once, when the listener has gone or is sent away
     */
    EventClient(SseEventSink sink, Supplier<OutboundSseEvent> resync, Instant connected, Consumer<EventClient> gone) {
        this.sink = sink;
        this.resync = resync;
        this.connected = connected;
        this.gone = gone;
    }

    Instant connected() {
        return connected;
    }

    synchronized boolean isOpen() {
        return !closed && !sink.isClosed();
    }

    void offer(OutboundSseEvent event) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (queue.size() == WAITING) {
                queue.clear();
                queue.add(resync.get());
            } else {
                queue.add(event);
            }
            if (sending) {
                return;
            }
            sending = true;
        }
        send();
    }

    private void send() {
        for (OutboundSseEvent event = next(); event != null; event = next()) {
            CompletableFuture<?> sent = start(event);
            if (!sent.isDone()) {
                sent.whenComplete((ignored, failure) -> {
                    if (failure == null) {
                        send();
                    } else {
                        giveUp(failure);
                    }
                });
                return;
            }
            if (sent.isCompletedExceptionally()) {
                sent.whenComplete((ignored, failure) -> giveUp(failure));
                return;
            }
        }
    }

    private void giveUp(Throwable failure) {
        // a listener that has gone is seen by an error of its connection, and is no news
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        Level level = cause instanceof IOException || sink.isClosed() ? Level.FINE : Level.WARNING;
        LOG.log(level, "a listener of events is given up; it may connect anew", cause);
        close();
    }

    private CompletableFuture<?> start(OutboundSseEvent event) {
        try {
            return sink.send(event).toCompletableFuture();
        } catch (IllegalStateException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private synchronized OutboundSseEvent next() {
        OutboundSseEvent event = queue.poll();
        sending = event != null;
        return event;
    }

    /** Returns at once: the sink's own close waits for what is being written, which a listener that reads no more never lets end. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.clear();
        }
        gone.accept(this);
        if (sink.isClosed()) {
            return;
        }
        Thread closing = new Thread(sink::close, "kiln-event-listener-closing");
        closing.setDaemon(true);
        closing.start();
    }
}
