package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Logger;

/** Flags this node's runs that settle nothing for longer than their own pace explains, and takes the flag back when they go on. Nothing is stopped. */
@ApplicationScoped
@Transactional
public class StallWatch {
    /** How the event of a run that has stalled begins to say so. */
    public static final String STALLED = "has stalled";

    private static final Logger LOG = Logger.getLogger(StallWatch.class.getName());

    private static final String RUNNING = "select run.id, run.attempt, run.claimed_at, run.stalled_since,"
            + " clock_timestamp() as now, slabs.settled, slabs.median from run cross join lateral"
            + " (select max(at) as settled, percentile_disc(0.5) within group (order by seconds)::float8 as median"
            + " from (select at, extract(epoch from at - coalesce(lag(at) over (order by at), run.claimed_at)) as seconds"
            + " from ledger where ledger.run = run.id and ledger.attempt = run.attempt) one) slabs"
            + " where run.state = 'RUNNING' and run.node = ? and run.boot = ?";

    private static final String SET = "with changed as (update run set stalled_since = ? where id = ? and attempt = ?"
            + " and state = 'RUNNING' returning id, batch, item, attempt, state)"
            + " insert into event (kind, batch, item, run, attempt, state, reason)"
            + " select 'run', batch, item, id, attempt, state, ? from changed";

    private final Sql sql;
    private final AttemptLog log;

    /** For the container's proxy only. */
    protected StallWatch() {
        this(null, null);
    }

    @Inject
    public StallWatch(Sql sql, AttemptLog log) {
        this.sql = sql;
        this.log = log;
    }

    /**
     * An attempt at work, by the database's clock.
     *
     * @param flagged since when it is known to have stalled
     */
    private record Observed(Attempt attempt, Pace pace, Optional<Instant> flagged, Instant now) {
        static Observed read(ResultSet row) throws SQLException {
            Double median = row.getObject("median", Double.class);
            return new Observed(
                    new Attempt(RunId.parse(row.getString("id")), row.getInt("attempt")),
                    new Pace(
                            row.getTimestamp("claimed_at").toInstant(),
                            time(row, "settled"),
                            Optional.ofNullable(median).map(seconds -> Duration.ofNanos((long) (seconds * 1e9)))),
                    time(row, "stalled_since"),
                    row.getTimestamp("now").toInstant());
        }

        private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
            return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
        }
    }

    /** Looks at every run that the node executes. */
    void look(Claimant claimant) {
        for (Observed one : sql.list(Observed::read, RUNNING, claimant.node(), claimant.boot())) {
            Optional<Instant> stalled = one.pace().stalledSince(one.now());
            if (!stalled.equals(one.flagged())) {
                tell(one, stalled);
            }
        }
    }

    private void tell(Observed one, Optional<Instant> stalled) {
        String what = stalled.map(since -> STALLED + ": nothing was settled since " + since + ", longer than the "
                        + one.pace().patience().toSeconds() + " s that its pace explains")
                .orElse("goes on after it had stalled");
        if (sql.update(
                        SET,
                        stalled.orElse(null),
                        one.attempt().run().value(),
                        one.attempt().number(),
                        what)
                == 1) {
            LOG.warning(() -> "attempt " + one.attempt().number() + " of run "
                    + one.attempt().run() + " " + what);
            log.stalled(one.attempt(), what);
        }
    }
}
