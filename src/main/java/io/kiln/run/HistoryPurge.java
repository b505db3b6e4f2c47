package io.kiln.run;

import io.kiln.persistence.Sql;
import io.kiln.settings.HistoryDays;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Forgets old events, and executions in the batch runtime's tables that belong to no run; a batch of rows at a time, so that nobody waits for it. */
@ApplicationScoped
@Transactional
public class HistoryPurge {
    static final int ROWS_AT_ONCE = 1000;

    /** The run that an execution was started for, from the batch runtime's text of its parameters. */
    private static final String RUN_PARAMETER =
            "cast(substring(e.jobparameters from '(?n)^run *= *([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})') as uuid)";

    private final Sql sql;
    private final HistoryDays days;

    /** For the container's proxy only. */
    protected HistoryPurge() {
        this.sql = null;
        this.days = null;
    }

    @Inject
    public HistoryPurge(Sql sql, Settings settings) {
        this.sql = sql;
        this.days = settings.history();
    }

    /** How many events were forgotten; fewer than {@link #ROWS_AT_ONCE} when none is left to forget. */
    public int purgeEvents() {
        return sql.update(
                "delete from event where id in (select id from event"
                        + " where at < clock_timestamp() - ? * interval '1 day' order by at limit ?)",
                days.events(),
                ROWS_AT_ONCE);
    }

    /**
     * How many job instances were forgotten, with their executions, steps and partitions; fewer than {@link #ROWS_AT_ONCE} when none is left to forget.
     * Those of runs stay as long as their run. An instance without executions is just being started.
     */
    public int purgeJobs() {
        return sql.update(
                "delete from job_instance where jobinstanceid in (select i.jobinstanceid from job_instance i"
                        + " where exists (select 1 from job_execution e where e.jobinstanceid = i.jobinstanceid)"
                        + " and not exists (select 1 from job_execution e where e.jobinstanceid = i.jobinstanceid"
                        + " and (e.batchstatus in ('STARTING', 'STARTED', 'STOPPING')"
                        + " or exists (select 1 from run_execution r where r.execution_id = e.jobexecutionid)))"
                        + " and (exists (select 1 from job_execution e where e.jobinstanceid = i.jobinstanceid and "
                        + RUN_PARAMETER + " is not null and not exists (select 1 from run where run.id = "
                        + RUN_PARAMETER + "))"
                        + " or not exists (select 1 from job_execution e where e.jobinstanceid = i.jobinstanceid"
                        + " and coalesce(e.endtime, e.lastupdatedtime, e.createtime)"
                        + " >= clock_timestamp() - ? * interval '1 day'))"
                        + " order by i.jobinstanceid limit ?)",
                days.jobs(),
                ROWS_AT_ONCE);
    }
}
