package io.kiln.api.jobs;

import io.kiln.api.jobs.JobExecutionBody.PartitionBody;
import io.kiln.api.jobs.JobExecutionBody.StepBody;
import io.kiln.job.RunId;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import jakarta.batch.runtime.Metric.MetricType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jberet.util.BatchUtil;

/** JBeret's own rows, by keyset: its own lists load everything before they cut a page out of it, and its caches do not see other nodes. */
@ApplicationScoped
@Transactional
class JobHistory {
    private static final String EXECUTIONS =
            "select job_execution.*, jobname, run_execution.run, batch.created_by, batch.shared"
                    + " from job_execution join job_instance using (jobinstanceid)"
                    + " left join run_execution on execution_id = jobexecutionid"
                    + " left join run on run.id = run_execution.run"
                    + " left join batch on batch.id = run.batch";

    private final Sql sql;

    /** For the container's proxy only. */
    protected JobHistory() {
        this(null);
    }

    @Inject
    JobHistory(Sql sql) {
        this.sql = sql;
    }

    /** Newest first. */
    Page<JobExecutionBody> list(Optional<String> job, PageRequest page) {
        List<JobExecutionBody> executions = sql.list(
                JobHistory::execution,
                EXECUTIONS + " where jobexecutionid < ? and (cast(? as text) is null or jobname = ?)"
                        + " order by jobexecutionid desc limit ?",
                page.after() == null ? Long.MAX_VALUE : page.after(),
                job.orElse(null),
                job.orElse(null),
                page.limit() + 1);
        return Page.of(executions, page.limit(), JobExecutionBody::id);
    }

    /** How many instances each job has. */
    Map<String, Long> instances() {
        return sql
                .list(
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        "select jobname, count(*) from job_instance group by jobname")
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** @throws UnknownIdException when there is no such execution */
    JobExecutionBody get(long id) {
        record Found(JobExecutionBody execution, Map<String, String> parameters) {}
        Found found = sql.first(
                        row -> new Found(execution(row), parameters(row.getString("jobparameters"))),
                        EXECUTIONS + " where jobexecutionid = ?",
                        id)
                .orElseThrow(() -> new UnknownIdException("job execution", id));
        return found.execution().with(found.parameters(), steps(id));
    }

    /** The run that an execution belongs to; empty for a plain job's, and where it was refused. */
    Optional<RunId> run(long execution) {
        return Optional.ofNullable(get(execution).run()).map(RunId::new);
    }

    /** Whether an execution's part in its run is over; the run may go on in another one. */
    boolean isPast(long execution) {
        return sql.exists("select 1 from run_execution where execution_id = ? and ended_at is not null", execution);
    }

    /** Whether there is such a run. */
    boolean isRun(RunId run) {
        return sql.exists("select 1 from run where id = ?", run.value());
    }

    private List<StepBody> steps(long execution) {
        Map<Long, List<PartitionBody>> partitions = sql
                .list(
                        row -> Map.entry(row.getLong("stepexecutionid"), partition(row)),
                        "select partition_execution.* from partition_execution join step_execution using (stepexecutionid)"
                                + " where jobexecutionid = ? order by partitionexecutionid",
                        execution)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return sql.list(
                row -> step(row, partitions.getOrDefault(row.getLong("stepexecutionid"), List.of())),
                "select * from step_execution where jobexecutionid = ? order by stepexecutionid",
                execution);
    }

    private static JobExecutionBody execution(ResultSet row) throws SQLException {
        return new JobExecutionBody(
                row.getLong("jobexecutionid"),
                row.getLong("jobinstanceid"),
                row.getString("jobname"),
                row.getString("batchstatus"),
                row.getString("exitstatus"),
                instant(row, "createtime"),
                instant(row, "starttime"),
                instant(row, "endtime"),
                instant(row, "lastupdatedtime"),
                row.getObject("run", UUID.class),
                row.getString("created_by"),
                row.getObject("shared", Boolean.class),
                null,
                null);
    }

    private static StepBody step(ResultSet row, List<PartitionBody> partitions) throws SQLException {
        Map<String, Long> metrics = new LinkedHashMap<>();
        for (MetricType type : MetricType.values()) {
            metrics.put(type.name(), row.getLong(type.name().replace("_", "")));
        }
        return new StepBody(
                row.getLong("stepexecutionid"),
                row.getString("stepname"),
                row.getString("batchstatus"),
                row.getString("exitstatus"),
                instant(row, "starttime"),
                instant(row, "endtime"),
                metrics,
                row.getString("executionexception"),
                partitions);
    }

    private static PartitionBody partition(ResultSet row) throws SQLException {
        return new PartitionBody(
                row.getInt("partitionexecutionid"),
                row.getString("batchstatus"),
                row.getString("exitstatus"),
                row.getString("executionexception"));
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>();
        if (text != null) {
            BatchUtil.stringToProperties(text)
                    .forEach((name, value) -> parameters.put(name.toString(), value.toString()));
        }
        return parameters;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
