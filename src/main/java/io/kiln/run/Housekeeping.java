package io.kiln.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What is cleared away at each start and every day. Nodes may do it at once. What fails is tried again the next day: it keeps nobody from working. */
@ApplicationScoped
public class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class.getName());

    private final StrayFolders strayFolders;
    private final HistoryPurge history;

    /** For the container's proxy only. */
    protected Housekeeping() {
        this(null, null);
    }

    @Inject
    public Housekeeping(StrayFolders strayFolders, HistoryPurge history) {
        this.strayFolders = strayFolders;
        this.history = history;
    }

    /** Ends early when the thread is interrupted. */
    public void clear() {
        attempt("stray work folders", strayFolders::remove);
        attempt("old events", () -> purge("events", history::purgeEvents));
        attempt("old jobs", () -> purge("job instances", history::purgeJobs));
    }

    private static void purge(String what, IntSupplier batch) {
        int all = 0;
        int rows;
        do {
            rows = batch.getAsInt();
            all += rows;
        } while (rows == HistoryPurge.ROWS_AT_ONCE && !Thread.currentThread().isInterrupted());
        if (all > 0) {
            LOG.info("forgot " + all + " old " + what);
        }
    }

    private static void attempt(String what, Runnable clearing) {
        try {
            clearing.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> what + " were not all cleared away; that is tried again tomorrow");
        }
    }
}
