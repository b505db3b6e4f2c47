package io.kiln.cli.client;

import io.kiln.cli.client.EventLines.Received;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A connection to the server's events that can be waited on for a while: a thread of its own reads. */
public final class EventSubscription implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventSubscription.class.getName());

    private final InputStream stream;
    private final LinkedBlockingQueue<Optional<Received>> received = new LinkedBlockingQueue<>();
    private boolean open = true;

    /** Connects; what happens from now on is heard. */
    public EventSubscription(KilnClient client) {
        this.stream = client.stream("/api/events", Map.of());
        Thread reader = new Thread(this::read, "kiln-events");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        EventLines lines = new EventLines(stream);
        try {
            for (Optional<Received> event = lines.next(); event.isPresent(); event = lines.next()) {
                received.add(event);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "the stream of events ended", e);
        } finally {
            received.add(Optional.empty());
        }
    }

    /** False once the stream has ended and everything that came before was taken. */
    public boolean isOpen() {
        return open;
    }

    /** The next event; empty when none came within this time, or the stream has ended. */
    public Optional<Received> next(Duration patience) throws InterruptedException {
        Optional<Received> event = received.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
            return Optional.empty();
        }
        open = event.isPresent();
        return event;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
