package io.kiln.run.overview;

import io.kiln.persistence.Sql;
import io.kiln.run.overview.Overview.Noticed;
import io.kiln.run.overview.Overview.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Runs that wait for somebody to look at them. */
@ApplicationScoped
class Attention {
    private static final int NEWEST = 20;

    /** A failed run is taken care of once its item has a newer run of the same pipeline that has something to do. */
    private static final String FAILED = " from run" + RunNames.JOIN + "where run.state = 'FAILED' and not exists"
            + " (select 1 from run newer where newer.item = run.item and newer.pipeline = run.pipeline"
            + " and newer.seq > run.seq and newer.state <> 'SKIPPED')";

    private static final String STALLED =
            " from run" + RunNames.JOIN + "where run.state = 'RUNNING' and run.stalled_since is not null";

    private final Sql sql;

    /** For the container's proxy only. */
    protected Attention() {
        this(null);
    }

    @Inject
    Attention(Sql sql) {
        this.sql = sql;
    }

    Waiting failures() {
        return waiting("run.ended_at", FAILED);
    }

    Waiting stalled() {
        return waiting("run.stalled_since", STALLED);
    }

    private Waiting waiting(String since, String those) {
        record Row(int count, Noticed run) {}
        List<Row> rows = sql.list(
                row -> new Row(row.getInt("all_of_them"), noticed(row)),
                "select " + RunNames.COLUMNS + ", run.reason, " + since + " as since, run.queued_by,"
                        + " count(*) over () as all_of_them" + those + " order by " + since + " desc limit " + NEWEST);
        return new Waiting(
                rows.isEmpty() ? 0 : rows.get(0).count(),
                rows.stream().map(Row::run).toList());
    }

    private static Noticed noticed(ResultSet row) throws SQLException {
        return new Noticed(
                RunNames.read(row),
                row.getString("reason"),
                row.getTimestamp("since").toInstant(),
                row.getString("queued_by"));
    }
}
