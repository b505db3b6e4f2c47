package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is shown of runs beside their own row, one statement a page. */
@ApplicationScoped
class RunQueries {
    /** Why the run is in its state. */
    static final String REASON =
            "case when run.state = 'QUEUED' then " + QueueReasons.SENTENCE + " else run.reason end as reason";

    /** How far the run is, as columns of a table {@code progress}. */
    static final String PROGRESS = "cross join lateral (select coalesce(sum(to_unit - from_unit), 0) as done,"
            + " coalesce(sum(to_unit - from_unit) filter (where outcome = 'SKIPPED'), 0) as skipped,"
            + " coalesce(sum(to_unit - from_unit) filter (where attempt = run.attempt)"
            + " / nullif(extract(epoch from max(at) - run.claimed_at), 0), 0) as rate"
            + " from ledger where ledger.run = run.id) progress";

    private static final String DETAILS = "select run.id, run.units, run.unit_name, item.name as item_name,"
            + " batch.name as batch_name, " + REASON
            + ", progress.done, progress.skipped, progress.rate,"
            + " array(select device from device_lease where device_lease.run = run.id order by device) as devices"
            + " from run join item on item.id = run.item join batch on batch.id = run.batch " + PROGRESS
            + " where run.id = any(?)";

    private final Sql sql;

    /** For the container's proxy only. */
    protected RunQueries() {
        this(null);
    }

    @Inject
    RunQueries(Sql sql) {
        this.sql = sql;
    }

    private record Details(
            UUID run,
            String itemName,
            String batchName,
            Optional<String> reason,
            Optional<Progress> progress,
            int skipped,
            List<String> devices) {
        static Details read(ResultSet row) throws SQLException {
            return new Details(
                    row.getObject("id", UUID.class),
                    row.getString("item_name"),
                    row.getString("batch_name"),
                    Optional.ofNullable(row.getString("reason")),
                    RunQueries.progress(row),
                    row.getInt("skipped"),
                    texts(row.getArray("devices")));
        }
    }

    /** Out of the columns of {@link #PROGRESS} and the run's {@code units} and {@code unit_name}; empty before its input was inspected. */
    static Optional<Progress> progress(ResultSet row) throws SQLException {
        Integer units = row.getObject("units", Integer.class);
        return units == null
                ? Optional.empty()
                : Optional.of(
                        Progress.of(row.getInt("done"), units, row.getString("unit_name"), row.getDouble("rate")));
    }

    /** The runs as people see them, in the given order, without their executions. */
    List<RunView> views(List<Run> runs) {
        UUID[] ids = runs.stream().map(run -> run.id().value()).toArray(UUID[]::new);
        Map<UUID, Details> details = sql.list(Details::read, DETAILS, (Object) ids).stream()
                .collect(Collectors.toMap(Details::run, one -> one));
        return runs.stream()
                .filter(run -> details.containsKey(run.id().value()))
                .map(run -> view(run, details.get(run.id().value())))
                .toList();
    }

    private static RunView view(Run run, Details details) {
        return new RunView(
                run,
                details.itemName(),
                details.batchName(),
                details.reason(),
                details.progress(),
                details.skipped(),
                details.devices(),
                List.of());
    }

    /** The executions of a run, newest first. */
    List<RunExecution> executions(RunId run) {
        return sql.list(
                row -> new RunExecution(
                        row.getLong("execution_id"),
                        row.getInt("attempt"),
                        row.getString("node"),
                        texts(row.getArray("devices")),
                        row.getTimestamp("started_at").toInstant(),
                        Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant),
                        Optional.ofNullable(row.getString("batchstatus")),
                        Optional.ofNullable(row.getString("exitstatus"))),
                "select run_execution.*, batchstatus, exitstatus from run_execution"
                        + " left join job_execution on jobexecutionid = execution_id"
                        + " where run = ? order by execution_id desc",
                run.value());
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
