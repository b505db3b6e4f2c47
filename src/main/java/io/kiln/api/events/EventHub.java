package io.kiln.api.events;

import io.kiln.event.Event;
import io.kiln.event.EventCursor;
import io.kiln.event.EventFeed;
import io.kiln.event.Rounds;
import io.kiln.event.WakeUps;
import io.kiln.persistence.DatabaseAbsence;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads the feed once for all listeners and hands each event to every one of them. */
@ApplicationScoped
public class EventHub {
    /** Listeners beyond this are refused. */
    public static final int MOST_LISTENERS = 500;

    private static final Logger LOG = Logger.getLogger(EventHub.class.getName());
    private static final int READ_AT_ONCE = 500;
    // an event is looked for when one is told of; one that waited for an older transaction is found so much later at
    // most
    private static final Duration POLLING = Duration.ofMillis(250);
    private static final Duration PROGRESS = Duration.ofMillis(500);
    // writing is the only way to notice that a listener has gone
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    // then it connects anew, and has to show again who it is
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Set<EventClient> clients = ConcurrentHashMap.newKeySet();

    @Inject
    private EventFeed feed;

    @Inject
    private WakeUps wakeUps;

    @Inject
    private DatabaseAbsence absence;

    @Inject
    private RunProgress progress;

    @Inject
    private MeterRegistry registry;

    @Inject
    private BatchStatuses statuses;

    @Resource
    private ManagedThreadFactory threads;

    private Sse sse;
    private volatile EventCursor cursor;
    private ScheduledExecutorService executor;

    /**
     * Adds a listener.
     *
     * @param after what it has seen last; empty for only what is to come
     * @return false when there are too many
     */
    synchronized boolean connect(SseEventSink sink, Sse factory, Optional<EventCursor> after) {
        if (clients.size() >= MOST_LISTENERS) {
            return false;
        }
        start(factory);
        EventClient client = new EventClient(sink, this::resync, Instant.now(), clients::remove);
        client.offer(sse.newEventBuilder().comment("connected").build());
        after.ifPresent(seen -> catchUp(client, seen));
        clients.add(client);
        return true;
    }

    private void start(Sse factory) {
        if (clients.isEmpty()) {
            cursor = feed.newest();
        }
        if (executor == null) {
            // why: the container's own executor logs an error for each round that falls due while the server stops
            executor = Executors.newScheduledThreadPool(3, threads);
            sse = factory;
            registry.gauge("kiln.event.listeners", clients, Set::size);
            executor.scheduleWithFixedDelay(
                    Rounds.of("waiting for events", this::awaitEvents), 0, POLLING.toMillis(), TimeUnit.MILLISECONDS);
            executor.scheduleAtFixedRate(
                    Rounds.of("keeping listeners", this::beat),
                    HEARTBEAT.toMillis(),
                    HEARTBEAT.toMillis(),
                    TimeUnit.MILLISECONDS);
            executor.scheduleWithFixedDelay(
                    Rounds.of("telling of progress", this::tellProgress),
                    0,
                    PROGRESS.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void catchUp(EventClient client, EventCursor seen) {
        List<Event> missed = feed.since(seen, EventClient.WAITING);
        // asked afterwards, so that what is forgotten meanwhile is noticed
        if (missed.size() == EventClient.WAITING || !feed.isKept(seen)) {
            client.offer(resync());
            return;
        }
        missed.stream()
                .filter(event -> event.cursor().compareTo(cursor) <= 0)
                .forEach(event -> client.offer(message(event)));
    }

    /** Goes on until it is interrupted. */
    private void awaitEvents() {
        try {
            for (long woken = 0; ; poll()) {
                woken = wakeUps.await(woken, POLLING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void poll() {
        if (clients.isEmpty()) {
            return;
        }
        try {
            List<Event> events;
            do {
                events = feed.since(cursor, READ_AT_ONCE);
                events.forEach(this::tell);
                cursor = events.isEmpty()
                        ? cursor
                        : events.get(events.size() - 1).cursor();
            } while (events.size() == READ_AT_ONCE);
        } catch (RuntimeException e) {
            // the next poll goes on from the same cursor: nothing is lost
            if (!absence.explains(e)) {
                LOG.log(Level.WARNING, "events cannot be read at present", e);
            }
        }
    }

    private void tell(Event event) {
        send(message(event));
        statuses.note(event);
    }

    /** Progress is not stored: who misses it hears the next. */
    private void tellProgress() {
        if (clients.isEmpty()) {
            return;
        }
        try {
            progress.changes().forEach(change -> send(passing("progress", change)));
            statuses.changes().forEach(change -> send(passing("status", change)));
        } catch (RuntimeException e) {
            if (!absence.explains(e)) {
                LOG.log(Level.WARNING, "progress cannot be read at present", e);
            }
        }
    }

    private OutboundSseEvent passing(String name, JsonObject change) {
        return sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, change.toString())
                .build();
    }

    private void send(OutboundSseEvent event) {
        clients.forEach(client -> client.offer(event));
    }

    private void beat() {
        Instant oldest = Instant.now().minus(LONGEST);
        clients.stream().filter(client -> client.connected().isBefore(oldest)).forEach(EventClient::close);
        clients.removeIf(client -> !client.isOpen());
        send(sse.newEventBuilder().comment("still here").build());
    }

    private OutboundSseEvent message(Event event) {
        return sse.newEventBuilder()
                .id(event.cursor().toString())
                .name(event.kind())
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, EventJson.of(event).toString())
                .build();
    }

    private OutboundSseEvent resync() {
        return sse.newEventBuilder()
                .id(cursor.toString())
                .name("resync")
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, "{}")
                .build();
    }

    @PreDestroy
    void stop() {
        if (executor != null) {
            executor.shutdownNow();
        }
        clients.forEach(EventClient::close);
    }
}
