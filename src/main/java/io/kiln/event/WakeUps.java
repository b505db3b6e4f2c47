package io.kiln.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Tells those who wait that something has happened, on whatever node. A wake-up says nothing of what; one may be lost, so nobody waits for ever. */
@ApplicationScoped
public class WakeUps {
    private static final int LISTEN_MILLIS = 1000;

    private final DataSource dataSource;
    private long count;

    /** For the container's proxy only. */
    protected WakeUps() {
        this(null);
    }

    @Inject
    public WakeUps(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** How many there were; what {@link #await} starts from. */
    public synchronized long count() {
        return count;
    }

    /** Waits until there were more than {@code seen}, at most for the time-out, and says how many there were. */
    public synchronized long await(long seen, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos(); count == seen && left > 0; left = end - System.nanoTime()) {
            wait(Math.max(1, left / 1_000_000));
        }
        return count;
    }

    /** Wakes everybody in this process. */
    public synchronized void wake() {
        count++;
        notifyAll();
    }

    /**
     * Listens on a connection of its own until the thread is interrupted.
     *
     * @param listening called once it listens
     * @throws SQLException when the connection breaks; listen again then
     */
    public void listen(Runnable listening) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("listen kiln");
            listening.run();
            wake();
            PGConnection notified = connection.unwrap(PGConnection.class);
            while (!Thread.currentThread().isInterrupted()) {
                if (notified.getNotifications(LISTEN_MILLIS).length > 0) {
                    wake();
                }
            }
            statement.execute("unlisten kiln");
        }
    }
}
