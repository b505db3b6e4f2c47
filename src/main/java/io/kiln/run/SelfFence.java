package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.settings.Durations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.logging.Logger;

/**
 * Stops the work of a node that cannot renew its leases, before anybody else may take it. Asks no database: one that does not answer holds whoever asks.
 * Thread-safe.
 */
@ApplicationScoped
public class SelfFence {
    private static final Logger LOG = Logger.getLogger(SelfFence.class.getName());

    private final LiveAttempts live;
    private final AttemptLog log;
    private volatile long renewedAt;

    /** For the container's proxy only. */
    protected SelfFence() {
        this(null, null);
    }

    @Inject
    public SelfFence(LiveAttempts live, AttemptLog log) {
        this.live = live;
        this.log = log;
    }

    /**
     * The leases are renewed.
     *
     * @param nanoTime when this was asked for, as {@link System#nanoTime}: the database may have answered late
     */
    void renewed(long nanoTime) {
        renewedAt = nanoTime;
    }

    /** Stops everything where the leases were not renewed in time. */
    void check(long nanoTime) {
        if (nanoTime - renewedAt > Durations.SELF_FENCE.toNanos()) {
            List<Attempt> stopped = live.all().stream().filter(live::stop).toList();
            live.stopAll(true);
            // why last: a disk for logs that hangs holds whoever writes to it
            stopped.forEach(this::tell);
        }
    }

    private void tell(Attempt attempt) {
        LOG.warning(() -> "the leases could not be renewed for " + Durations.SELF_FENCE.toSeconds() + " s: attempt "
                + attempt.number() + " of run " + attempt.run() + " stops");
        log.fenced(attempt);
    }
}
