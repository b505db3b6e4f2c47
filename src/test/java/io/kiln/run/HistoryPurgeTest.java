package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.cuda.PermittedGpus;
import io.kiln.event.Event;
import io.kiln.event.EventCursor;
import io.kiln.event.EventFeed;
import io.kiln.job.RunId;
import io.kiln.settings.DeviceSettings;
import io.kiln.settings.HistoryDays;
import io.kiln.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.jberet.util.BatchUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryPurgeTest {
    @TempDir
    private Path folder;

    private TestRuns runs;
    private HistoryPurge purge;

    @BeforeEach
    void open() {
        runs = new TestRuns(folder);
        purge = new HistoryPurge(
                runs.sql,
                new Settings(
                        folder,
                        List.of(folder),
                        folder,
                        Optional.empty(),
                        TestRuns.NODE.node(),
                        new DeviceSettings(PermittedGpus.NONE, OptionalInt.of(1), 1, 64L << 20),
                        0,
                        new HistoryDays(30, 90)));
    }

    @Test
    void eventsAreForgottenAThousandAtATimeOnceTheyAreOldEnough() {
        addEvents(1500, 31);
        addEvents(2, 29);
        EventFeed feed = new EventFeed(runs.sql);
        List<Event> all = feed.since(EventCursor.START, 2000);

        assertThat(purge.purgeEvents()).isEqualTo(HistoryPurge.ROWS_AT_ONCE);
        assertThat(purge.purgeEvents()).isEqualTo(500);
        assertThat(purge.purgeEvents()).isZero();

        assertThat(feed.since(EventCursor.START, 2000)).hasSize(2);
        assertThat(feed.isKept(all.get(1499).cursor())).isFalse();
        assertThat(feed.isKept(all.get(1500).cursor())).isTrue();
        assertThat(feed.isKept(EventCursor.START)).isTrue();
    }

    @Test
    void jobsOfRunsThatAreDeletedAreForgottenAndThoseOfOthersKept() {
        RunId kept = runs.queued();
        RunId deleted = RunId.random();
        execution(1, "FAILED", 0, deleted);
        execution(2, "COMPLETED", 400, kept);
        runs.sql.update(
                "insert into run_execution (execution_id, run, attempt, node, devices) values (2, ?, 1, 'node-a', '{}')",
                kept.value());
        execution(3, "STARTED", 400, deleted);

        assertThat(purge.purgeJobs()).isEqualTo(1);

        assertThat(executions()).containsExactly(2L, 3L);
        assertThat(runs.sql.exists("select 1 from step_execution where jobexecutionid = 1"))
                .isFalse();
        assertThat(runs.sql.exists("select 1 from partition_execution where stepexecutionid = 1"))
                .isFalse();
    }

    @Test
    void plainJobsAreForgottenOnceTheyAreOldEnoughAndNeverWhileTheyRun() {
        execution(1, "COMPLETED", 91, null);
        execution(2, "COMPLETED", 89, null);
        execution(3, "STARTED", 91, null);
        execution(4, "STOPPED", 91, null);
        runs.sql.update("insert into job_instance (jobinstanceid, jobname) values (5, 'just being started')");

        purge.purgeJobs();

        assertThat(executions()).containsExactly(2L, 3L);
        assertThat(runs.sql.exists("select 1 from job_instance where jobinstanceid = 5"))
                .isTrue();
    }

    @Test
    void anInstanceIsKeptAsLongAsOneOfItsExecutionsIsYoung() {
        execution(1, "FAILED", 91, null);
        runs.sql.update("insert into job_execution (jobexecutionid, jobinstanceid, batchstatus, endtime)"
                + " values (2, 1, 'COMPLETED', now())");

        assertThat(purge.purgeJobs()).isZero();
    }

    private void addEvents(int count, int daysAgo) {
        runs.sql.update(
                "insert into event (kind, at) select 'node', now() - ? * interval '1 day' from generate_series(1, ?)",
                daysAgo,
                count);
    }

    /** An instance with one execution, of one step in one partition, all of this number. */
    private void execution(long id, String status, int endedDaysAgo, RunId run) {
        Properties parameters = new Properties();
        parameters.setProperty("lease", "a token");
        if (run != null) {
            parameters.setProperty("run", run.toString());
        }
        runs.sql.update("insert into job_instance (jobinstanceid, jobname) values (?, 'tomo-full')", id);
        runs.sql.update(
                "insert into job_execution (jobexecutionid, jobinstanceid, batchstatus, endtime, jobparameters)"
                        + " values (?, ?, ?, now() - ? * interval '1 day', ?)",
                id,
                id,
                status,
                endedDaysAgo,
                BatchUtil.propertiesToString(parameters));
        runs.sql.update("insert into step_execution (stepexecutionid, jobexecutionid) values (?, ?)", id, id);
        runs.sql.update("insert into partition_execution (partitionexecutionid, stepexecutionid) values (0, ?)", id);
    }

    private List<Long> executions() {
        return runs.sql.list(row -> row.getLong(1), "select jobexecutionid from job_execution order by 1");
    }
}
