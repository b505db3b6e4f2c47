package io.kiln.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** Tells the log once that the database is away and once that it is back, however many notice it. Thread-safe. */
@ApplicationScoped
public class DatabaseAbsence {
    /** SQLSTATE of failed and broken connections, and of a server that shuts down, starts, or has cut this one off. */
    private static final Pattern AWAY = Pattern.compile("08...|57P..");

    private static final Logger LOG = Logger.getLogger(DatabaseAbsence.class.getName());

    private Instant since;

    /** Whether something failed because the database is away. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && isToldBy(refused)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this very answer says so. */
    public static boolean isToldBy(SQLException refused) {
        return refused.getSQLState() != null
                && AWAY.matcher(refused.getSQLState()).matches();
    }

    /** Notes a failure, and says whether the database's absence explains it. The whole of it is logged at level FINE. */
    public synchronized boolean explains(Throwable failure) {
        if (!isCauseOf(failure)) {
            return false;
        }
        LOG.log(Level.FINE, "the database is away", failure);
        if (since == null) {
            since = Instant.now();
            LOG.warning(() -> "the database is away: " + failure.getMessage()
                    + "; runs wait, and go on by themselves when it is back");
        }
        return true;
    }

    /** The database has answered. */
    public synchronized void isOver() {
        if (since != null) {
            Duration absence = Duration.between(since, Instant.now());
            LOG.info(() -> "the database is back after " + absence.toSeconds() + " s");
            since = null;
        }
    }
}
