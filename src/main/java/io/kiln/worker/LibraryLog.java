package io.kiln.worker;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What libraries log, on standard error: warnings and errors, but not once more, with all its calls, what the worker itself says of a run that failed. */
final class LibraryLog {
    /** What JBeret says of a job, a step and a batchlet that failed, and of a chunk that is given up. */
    private static final List<String> TOLD =
            List.of("JBERET000001", "JBERET000007", "JBERET000016", "JBERET000018", "ProcessingInfo", "item-count");

    /** Held here because loggers that nobody holds lose their level. */
    private static final Logger ROOT = Logger.getLogger("");

    private LibraryLog() {}

    static void quieten() {
        ROOT.setLevel(Level.WARNING);
        for (Handler handler : ROOT.getHandlers()) {
            handler.setFilter(LibraryLog::isNews);
        }
    }

    static boolean isNews(LogRecord record) {
        String message = String.valueOf(record.getMessage());
        return TOLD.stream().noneMatch(message::startsWith);
    }
}
