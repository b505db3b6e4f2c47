package io.kiln.run.history;

import io.kiln.event.EventFeed;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import io.kiln.run.history.RunTimeline.AttemptView;
import io.kiln.run.history.RunTimeline.Change;
import io.kiln.run.history.RunTimeline.Failure;
import io.kiln.run.history.RunTimeline.Lane;
import io.kiln.run.history.RunTimeline.Step;
import io.kiln.run.history.RunTimeline.Units;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The attempts of a run: which step and which partition ran when and where, and how each ended. One statement for each kind of thing. */
@ApplicationScoped
@Transactional
public class RunHistory {
    /** The newest changes that are shown; a run that waits for disk space may have many. */
    private static final int MOST_CHANGES = 500;

    private static final String ATTEMPTS = "select execution.*, job.batchstatus, job.exitstatus,"
            + " outcome.state as outcome, outcome.reason as outcome_reason, " + AttemptOutcomes.PUBLISHING_AT
            + " as publishing_at, failure.kind, failure.message, failure.device as failed_device, failure.folder,"
            + " failure.needed_bytes, failure.noted_at from run_execution execution join run on run.id = execution.run"
            + AttemptOutcomes.JOIN + " left join job_execution job on job.jobexecutionid = execution.execution_id"
            + " left join run_failure failure on failure.run = run.id and failure.attempt = execution.attempt"
            + " where execution.run = ? order by execution.execution_id";

    private static final String STEPS = "select step.* from step_execution step join run_execution execution"
            + " on execution.execution_id = step.jobexecutionid where execution.run = ? order by step.stepexecutionid";

    private static final String LANES = "select lane.*, array(select lower(part) from unnest(units) part) as froms,"
            + " array(select upper(part) from unnest(units) part) as tos, settled.* from run_lane lane"
            + " cross join lateral (select coalesce(sum(to_unit - from_unit), 0) as done,"
            + " coalesce(sum(to_unit - from_unit) filter (where outcome = 'SKIPPED'), 0) as skipped,"
            + " count(*) as slabs, max(at) as settled_at from ledger where ledger.run = lane.run"
            + " and ledger.attempt = lane.attempt and int4range(from_unit, to_unit) <@ lane.units) settled"
            + " where lane.run = ? order by lane.attempt, lane.device";

    private static final String SKIPPED = "select lower(part), upper(part) from (select"
            + " unnest(range_agg(int4range(from_unit, to_unit))) as part from ledger where run = ? and outcome ="
            + " 'SKIPPED') merged order by 1";

    private final Sql sql;
    private final EventFeed events;

    /** For the container's proxy only. */
    protected RunHistory() {
        this(null, null);
    }

    @Inject
    public RunHistory(Sql sql, EventFeed events) {
        this.sql = sql;
        this.events = events;
    }

    /** @throws UnknownIdException when there is no such run */
    public RunTimeline of(RunId id) {
        if (!sql.exists("select 1 from run where id = ?", id.value())) {
            throw new UnknownIdException("run", id);
        }
        Map<Long, List<Step>> steps = grouped(STEPS, "jobexecutionid", RunHistory::step, id);
        Map<Long, List<Lane>> lanes = grouped(LANES, "attempt", RunHistory::lane, id);
        return new RunTimeline(
                sql.list(
                        row -> attempt(
                                row,
                                steps.getOrDefault(row.getLong("execution_id"), List.of()),
                                lanes.getOrDefault(row.getLong("attempt"), List.of())),
                        ATTEMPTS,
                        id.value()),
                sql.list(row -> new Units(row.getInt(1), row.getInt(2)), SKIPPED, id.value()),
                events.ofRun(id.value(), MOST_CHANGES).stream()
                        .map(event -> new Change(event.at(), event.attempt(), event.state(), event.reason()))
                        .toList());
    }

    private <T> Map<Long, List<T>> grouped(String query, String key, Sql.RowReader<T> reader, RunId run) {
        return sql.list(row -> Map.entry(row.getLong(key), reader.read(row)), query, run.value()).stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static AttemptView attempt(ResultSet row, List<Step> steps, List<Lane> lanes) throws SQLException {
        return new AttemptView(
                row.getInt("attempt"),
                row.getLong("execution_id"),
                row.getString("node"),
                List.of((String[]) row.getArray("devices").getArray()),
                instant(row, "started_at"),
                instant(row, "publishing_at"),
                instant(row, "ended_at"),
                row.getString("batchstatus"),
                row.getString("exitstatus"),
                row.getString("outcome"),
                row.getString("outcome_reason"),
                row.getString("kind") == null ? null : failure(row),
                steps,
                lanes);
    }

    private static Failure failure(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        String device = row.getString("failed_device");
        String folder = row.getString("folder");
        return new Failure(
                kind,
                row.getString("message"),
                FailureAdvice.of(kind, device, folder),
                device,
                folder,
                row.getObject("needed_bytes", Long.class),
                instant(row, "noted_at"));
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                row.getString("stepname"),
                row.getString("batchstatus"),
                instant(row, "starttime"),
                instant(row, "endtime"));
    }

    private static Lane lane(ResultSet row) throws SQLException {
        Integer[] froms = (Integer[]) row.getArray("froms").getArray();
        Integer[] tos = (Integer[]) row.getArray("tos").getArray();
        List<Units> units = new ArrayList<>();
        for (int range = 0; range < froms.length; range++) {
            units.add(new Units(froms[range], tos[range]));
        }
        return new Lane(
                row.getString("device"),
                units,
                units.stream().mapToInt(range -> range.to() - range.from()).sum(),
                row.getInt("done"),
                row.getInt("skipped"),
                row.getInt("slabs"),
                instant(row, "begun_at"),
                instant(row, "settled_at"),
                instant(row, "ended_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
