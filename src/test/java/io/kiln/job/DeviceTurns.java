package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;

/**
 * When each run of a batch, none of which was tried twice, had its device, as the database tells it: from its claim until publishing began.
 *
 * @param database read, and left open
 */
public record DeviceTurns(Connection database, UUID batch) {
    private static final String TURNS = "with turn as (select execution.devices[1] as device, began.at as began,"
            + " ended.at as ended, execution.started_at as admitted from run join run_execution execution"
            + " on execution.run = run.id"
            + " join event began on began.run = run.id and began.state = 'RUNNING' and began.attempt = run.attempt"
            + " join event ended on ended.run = run.id and ended.state = 'PUBLISHING' and ended.attempt = run.attempt"
            + " where run.batch = ?) ";

    /** Runs that wait or are at work. */
    public int active() throws SQLException {
        return (int)
                number("select count(*) from run where batch = ? and state in ('QUEUED', 'RUNNING', 'PUBLISHING')");
    }

    /** Runs that are completed at the first try. */
    public int completed() throws SQLException {
        return (int) number("select count(*) from run where batch = ? and state = 'COMPLETED' and attempt = 1");
    }

    /** JBeret's executions of the runs. */
    public int executions() throws SQLException {
        return (int) number("select count(*) from run_execution join run on run.id = run where batch = ?");
    }

    /** Devices that any run had. */
    public int devices() throws SQLException {
        return (int) number(TURNS + "select count(distinct device) from turn");
    }

    /** The most devices that were held at once. */
    public int mostAtOnce() throws SQLException {
        return (int) number(TURNS
                + "select max(held) from (select sum(change) over (order by at, change) as held from"
                + " (select began as at, 1 as change from turn union all select ended, -1 from turn) one) all_of");
    }

    /** Median of how long a device is free before the next run leases it. */
    public double millisecondsUntilLeased() throws SQLException {
        return medianGap("began");
    }

    /** Median of how long a device is free before the next run's job begins. */
    public double millisecondsUntilBegun() throws SQLException {
        return medianGap("admitted");
    }

    /** What {@link #millisecondsUntilLeased} stays under where the end of a run wakes the next: a slow machine takes longer for the begin of a job, too. */
    public double millisecondsForALease() throws SQLException {
        return Math.max(400, 5 * (millisecondsUntilBegun() - millisecondsUntilLeased()));
    }

    private double medianGap(String end) throws SQLException {
        return number(TURNS + "select percentile_cont(0.5) within group (order by extract(epoch from gap) * 1000)"
                + " from (select " + end + " - lag(ended) over (partition by device order by began) as gap from turn)"
                + " gaps where gap is not null");
    }

    /** From the first lease to the last return. */
    public double seconds() throws SQLException {
        return number(TURNS + "select extract(epoch from max(ended) - min(began)) from turn");
    }

    /** The figures in a sentence. */
    public String sentence() throws SQLException {
        return String.format(
                Locale.ROOT,
                "%d runs on %d devices in %.1f s; a device is leased again after %.1f ms, its job begins after %.1f ms (medians)",
                executions(),
                devices(),
                seconds(),
                millisecondsUntilLeased(),
                millisecondsUntilBegun());
    }

    private double number(String query) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(query)) {
            statement.setObject(1, batch);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getDouble(1);
            }
        }
    }
}
