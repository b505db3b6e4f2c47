package io.kiln.run.overview;

import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a laboratory is at, by the database's clock. */
@ApplicationScoped
@Transactional
public class OverviewService {
    private final Sql sql;
    private final DeviceLanes lanes;
    private final QueueOutlook queue;
    private final Attention attention;
    private final Disks disks;

    /** For the container's proxy only. */
    protected OverviewService() {
        this(null, null, null, null, null);
    }

    @Inject
    public OverviewService(Sql sql, DeviceLanes lanes, QueueOutlook queue, Attention attention, Disks disks) {
        this.sql = sql;
        this.lanes = lanes;
        this.queue = queue;
        this.attention = attention;
        this.disks = disks;
    }

    /** @param window how far back the lanes go */
    public Overview over(Duration window) {
        Instant now = sql.first(row -> row.getTimestamp(1).toInstant(), "select clock_timestamp()")
                .orElseThrow();
        Instant since = now.minus(window);
        Instant midnight =
                now.atZone(ZoneId.systemDefault()).truncatedTo(ChronoUnit.DAYS).toInstant();
        return new Overview(
                now,
                since,
                midnight,
                lanes.since(since),
                queue.now(),
                today(midnight),
                attention.failures(),
                attention.stalled(),
                disks.all());
    }

    private Map<String, Integer> today(Instant midnight) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        sql.list(
                        row -> Map.entry(row.getString(1), row.getInt(2)),
                        "select state, count(*) from run where ended_at >= ? or state in ('QUEUED', 'RUNNING',"
                                + " 'PUBLISHING') group by state order by state",
                        midnight)
                .forEach(state -> counts.put(state.getKey(), state.getValue()));
        return counts;
    }
}
