package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.DeviceId;
import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.job.Attempt;
import io.kiln.job.BatchRuntimeFailedException;
import io.kiln.job.DiskFullException;
import io.kiln.job.LostRunException;
import io.kiln.job.RunId;
import io.kiln.job.SlabOutcome;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import io.kiln.target.Lease;
import io.kiln.target.StartOrder;
import jakarta.json.JsonValue;
import jakarta.transaction.HeuristicMixedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptTest {
    @TempDir
    private Path folder;

    private TestRuns runs;
    private RunId run;

    @BeforeEach
    void queueOne() {
        runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
        run = runs.queued();
    }

    @Test
    void aTokenAdmitsOneExecution() {
        RunClaims.Outcome.Claimed claimed =
                (RunClaims.Outcome.Claimed) runs.database.inTransaction(() -> runs.claims.next(TestRuns.NODE));
        String token = claimed.order().lease().toString();

        assertThat(runs.admission.admit(run, token, 7)).contains(new Attempt(run, 1));
        assertThat(runs.admission.admit(run, token, 8)).isEmpty();
        assertThat(runs.admission.admit(run, null, 9)).isEmpty();
        assertThat(runs.sql.list(
                        row -> row.getLong(1),
                        "select execution_id from run_request where run = ? order by 1",
                        run.value()))
                .containsExactly(8L, 9L);
    }

    @Test
    void aStartThatComesTooLateIsNotTakenForSomebodyWhoWantsTheRunAgain() {
        RunRequests requests = new RunRequests(runs.sql, runs.transitions, runs.successors, runs.logs);
        StartOrder late = ((RunClaims.Outcome.Claimed)
                        runs.database.inTransaction(() -> runs.claims.next(TestRuns.NODE)))
                .order();
        runs.settle(late.attempt());
        runs.with(run, "state", "STOPPED");

        assertThat(runs.admission.admit(run, late.lease().toString(), 7)).isEmpty();
        requests.handle();
        assertThat(runs.state(run)).isEqualTo(RunState.STOPPED);

        // as the batch runtime restarts an execution that had begun its attempt
        runs.with(run, "state", "QUEUED");
        runs.settle(runs.begun(8));
        String lease = new Lease(2, UUID.randomUUID()).toString();
        runs.with(run, "state", "FAILED");
        runs.with(run, "idle_attempts", 4);
        assertThat(runs.admission.admit(run, lease, 9)).isEmpty();
        requests.handle();
        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.sql.first(row -> row.getInt(1), "select idle_attempts from run where id = ?", run.value()))
                .contains(0);
    }

    @Test
    void aRunWhoseRootWasMovedUnderItFailsSayingSo() {
        MovedRoots moved = new MovedRoots(runs.sql, runs.placements);
        NoSuchFileException failure = new NoSuchFileException(folder + "/scan.h5");
        Attempt attempt = runs.begun(7);
        moved.begins(attempt);
        assertThat(moved.explained(attempt, failure)).isSameAs(failure);

        runs.sql.update("update data_root set path = '/elsewhere'");
        runs.end.note(attempt, moved.explained(attempt, failure));
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
        assertThat(runs.reason(run))
                .startsWith("a data root was moved while the run worked in it, from " + folder)
                .contains(" to /elsewhere/")
                .endsWith("restart it, and it goes on there");
    }

    @Test
    void aRefusedStartOfAFailedRunQueuesItAndOneOfARunningRunDoesNot() {
        RunRequests requests = new RunRequests(runs.sql, runs.transitions, runs.successors, runs.logs);
        Attempt attempt = runs.begun(1);
        runs.admission.admit(run, null, 2);
        requests.handle();
        assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);

        runs.end.note(attempt, new InputRejectedException("no flats"));
        runs.settle(attempt);
        runs.admission.admit(run, null, 3);
        requests.handle();
        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
    }

    @Test
    void theLedgerMergesWhatTouchesAndKeepsWhatWasSettledFirst() {
        Attempt attempt = runs.begun(1);
        runs.ledger.settle(attempt, SlabOutcome.SKIPPED, List.of(new UnitRange(8, 12)));
        runs.ledger.settle(attempt, SlabOutcome.DONE, List.of(new UnitRange(0, 4), new UnitRange(4, 16)));
        runs.ledger.settle(attempt, SlabOutcome.DONE, List.of(new UnitRange(0, 16)));

        assertThat(runs.ledger.settled(run, SlabOutcome.DONE))
                .containsExactly(new UnitRange(0, 8), new UnitRange(12, 16));
        assertThat(runs.ledger.settled(run, SlabOutcome.SKIPPED)).containsExactly(new UnitRange(8, 12));
    }

    @Test
    void thePlanIsReadBackAsItWasKept() {
        Attempt attempt = runs.begun(1);
        Plan plan = new Plan(100, 2, "slice", 1L << 40, JsonValue.EMPTY_JSON_OBJECT);
        runs.ledger.keepPlan(attempt, plan);

        assertThat(runs.ledger.plan(run)).contains(plan);
    }

    @Test
    void anAttemptThatWasTakenOverSettlesNothingMore() {
        Attempt old = runs.begun(1);
        runs.settle(old);
        Attempt young = runs.begun(2);

        assertThat(young.number()).isEqualTo(old.number() + 1);
        assertThatThrownBy(() -> runs.ledger.settle(old, SlabOutcome.DONE, List.of(new UnitRange(0, 1))))
                .isInstanceOf(LostRunException.class);
        assertThatThrownBy(() -> runs.ledger.keepPlan(old, new Plan(1, 1, "slice", 1, JsonValue.EMPTY_JSON_OBJECT)))
                .isInstanceOf(LostRunException.class);
        runs.settle(old);
        assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);
        assertThat(runs.leases.of(young)).hasSize(1);
    }

    @Test
    void anAttemptWithoutItsLeaseSettlesNothing() {
        Attempt attempt = runs.begun(1);
        runs.sql.update("update device_lease set expires_at = clock_timestamp()");

        assertThatThrownBy(() -> runs.ledger.settle(attempt, SlabOutcome.DONE, List.of(new UnitRange(0, 1))))
                .isInstanceOf(LostRunException.class);
    }

    @Test
    void aFailureIsTheRunsReasonAndTheFirstNoteCounts() {
        Attempt attempt = runs.begun(1);
        runs.end.note(attempt, new InputRejectedException("it has no projections"));
        runs.end.note(attempt, new IllegalStateException("something later"));
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
        assertThat(runs.reason(run)).isEqualTo("it has no projections");
        assertThat(runs.leases.of(attempt)).isEmpty();
    }

    @Test
    void whatWasAskedToStopIsStopped() {
        Attempt attempt = runs.begun(1);
        runs.with(run, "stop_requested", "ada");
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(RunState.STOPPED);
        assertThat(runs.reason(run)).isEqualTo("stopped by ada");
    }

    @Test
    void whatEndsWithoutBeingAskedGoesBackToTheQueue() {
        Attempt attempt = runs.begun(1);
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.claimed(TestRuns.NODE)).contains(run);
    }

    @Test
    void aLostDatabaseQueuesTheRunAgain() {
        Attempt attempt = runs.begun(1);
        runs.end.note(attempt, new IllegalStateException(new SQLException("connection refused", "08001")));
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "53300", "40P01"})
    void aDatabaseThatIsOverwhelmedFailsNoRunHoweverOften(String state) {
        for (int i = 1; i <= 2 * Requeue.MOST_IDLE_ATTEMPTS; i++) {
            Attempt attempt = runs.begun(i);
            runs.end.note(attempt, new IllegalStateException(new SQLException("not now", state)));
            runs.settle(attempt);

            assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
            assertThat(runs.reason(run)).startsWith("waiting until");
            assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
            runs.sql.update("update run set not_before = clock_timestamp()");
        }
    }

    /** As the transaction manager tells of a connection that broke, or of nothing at all. */
    @ParameterizedTest
    @CsvSource({"08006, QUEUED", "'', QUEUED", "23505, FAILED"})
    void aCommitThatNobodyKnowsTheEndOfQueuesTheRunAgain(String sqlState, RunState expected) {
        Exception commit = new HeuristicMixedException();
        if (!sqlState.isEmpty()) {
            commit.addSuppressed(new IllegalStateException(new SQLException("commit", sqlState)));
        }
        Attempt attempt = runs.begun(1);
        runs.end.note(attempt, new IllegalStateException(commit));
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(expected);
    }

    @Test
    void aStatementThatIsWrongFailsTheRun() {
        Attempt attempt = runs.begun(1);
        runs.end.note(attempt, new IllegalStateException(new SQLException("no such column", "42703")));
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
    }

    @Test
    void anExecutionThatFailedWithoutANoteWasNotStoppedByAnybody() {
        Attempt attempt = runs.begun(1);
        runs.live.add(attempt);
        runs.end.ended(attempt, 1, true);

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.claimed(TestRuns.NODE)).contains(run);
    }

    @Test
    void aBatchRuntimeThatFailsQueuesTheRunAgain() {
        Attempt attempt = runs.begun(1);
        runs.end.note(attempt, new BatchRuntimeFailedException(1));
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
    }

    @Test
    void whatFailsWhileItsServerGoesDownIsQueuedAgain() {
        Attempt attempt = runs.begun(1);
        runs.sql.update("update node set draining = true");
        runs.end.note(attempt, new IllegalStateException("the service has been stopped"));
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
    }

    @Test
    void aDiskThatFillsUpHoldsTheRunAndFailsItNever() {
        Attempt attempt = runs.begun(1);
        runs.end.note(
                attempt, new IllegalStateException(new DiskFullException(folder, 1, "no space left on /data", null)));
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.reason(run)).isEqualTo("no space left on /data");
        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        runs.held.release();
        assertThat(runs.claimed(TestRuns.NODE)).contains(run);
    }

    @Test
    void aDeviceWhoseMemoryOthersHaveTakenRestsForAMomentAndFailsTheRunNever() {
        for (int i = 1; i <= 2 * Requeue.MOST_IDLE_ATTEMPTS; i++) {
            Attempt attempt = runs.begun(i);
            DeviceId device = runs.leases.of(attempt).get(0);
            runs.end.note(attempt, new IllegalStateException(new OutOfDeviceMemoryException(device, "others hold it")));
            runs.settle(attempt);

            assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
            assertThat(runs.sql.exists(
                            "select 1 from event where run = ? and attempt = ? and state = 'QUEUED' and reason = ?",
                            run.value(),
                            attempt.number(),
                            "others hold it"))
                    .isTrue();
            assertThat(runs.leases.usable(TestRuns.NODE.node())).doesNotContain(device);
            assertThat(runs.sql.exists(
                            "select 1 from device where id = ? and quarantine_reason = 'others hold it'"
                                    + " and quarantined_until < clock_timestamp() + interval '61 seconds'",
                            device.value()))
                    .isTrue();
            runs.sql.update("update device set quarantined_until = null");
        }
    }

    @Test
    void aRunThatBringsDownEveryAttemptIsGivenUp() {
        for (int i = 1; i <= Requeue.MOST_IDLE_ATTEMPTS; i++) {
            assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
            runs.settle(runs.begun(i));
        }

        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
        assertThat(runs.reason(run)).startsWith("5 attempts in a row ended without settling anything");
    }

    @Test
    void aRunThatBringsDownEveryAttemptToPublishItIsGivenUpToo() {
        Attempt first = runs.begun(1);
        runs.ledger.settle(first, SlabOutcome.DONE, List.of(new UnitRange(0, 1)));
        runs.transitions.move(first, RunState.RUNNING, RunState.PUBLISHING, null);
        runs.settle(first);
        for (int i = 2; i <= 1 + Requeue.MOST_IDLE_ATTEMPTS; i++) {
            assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
            Attempt attempt = runs.begun(i);
            runs.transitions.move(attempt, RunState.RUNNING, RunState.PUBLISHING, null);
            runs.settle(attempt);
        }

        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
    }

    @Test
    void aRunThatSettlesSomethingInEachAttemptIsNeverGivenUp() {
        for (int i = 1; i <= 2 * Requeue.MOST_IDLE_ATTEMPTS; i++) {
            Attempt attempt = runs.begun(i);
            runs.ledger.settle(attempt, SlabOutcome.DONE, List.of(new UnitRange(i, i + 1)));
            runs.settle(attempt);
        }

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
    }

    @Test
    void aRestartedNodeTakesItsRunsBackAndClearsTheBatchRuntime() {
        Attempt attempt = runs.begun(77);
        runs.sql.update("insert into job_instance (jobinstanceid, jobname) values (5, 'full')");
        runs.sql.update(
                "insert into job_execution (jobexecutionid, jobinstanceid, batchstatus, jobparameters)"
                        + " values (77, 5, 'STARTED', ?)",
                "run = " + run);
        runs.sql.update("insert into step_execution (stepexecutionid, jobexecutionid, batchstatus)"
                + " values (6, 77, 'STARTED')");
        runs.sql.update("insert into partition_execution (partitionexecutionid, stepexecutionid, batchstatus)"
                + " values (0, 6, 'STARTED')");
        Claimant reborn = new Claimant(TestRuns.NODE.node(), UUID.randomUUID());
        runs.recovery.takeOverOwn(reborn);
        int cleared = runs.recovery.clearBatchRuntime(reborn);

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.leases.of(attempt)).isEmpty();
        assertThat(cleared).isEqualTo(1);
        assertThat(runs.sql.list(
                        row -> row.getString(1),
                        "select batchstatus from job_execution union all select batchstatus from step_execution"
                                + " union all select batchstatus from partition_execution"))
                .containsExactly("FAILED", "FAILED", "FAILED");
    }

    @Test
    void aNodeTakesOverTheRunsOfADeadOneAndLeavesThoseOfALivingOne() {
        runs.begun(1);
        Claimant other = new Claimant("node-b", UUID.randomUUID());
        runs.withNode(other, 1);
        runs.recovery.takeOverDead(other);
        assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);

        runs.sql.update(
                "update node set heartbeat_at = clock_timestamp() - interval '2 minutes' where name = 'node-a'");
        runs.recovery.takeOverDead(other);
        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.claimed(other)).isEqualTo(Optional.of(run));
    }

    @Test
    void whatSomebodyHadLockedWhenItsNodeWasRestartedIsTakenBackLater() {
        runs.begun(1);
        Claimant reborn = new Claimant(TestRuns.NODE.node(), UUID.randomUUID());
        runs.database.inTransaction(() -> {
            runs.sql.exists("select 1 from run where id = ? for update", run.value());
            CompletableFuture.runAsync(() -> runs.recovery.takeOverOwn(reborn)).join();
            return run;
        });
        runs.sql.update("update node set boot = ? where name = ?", reborn.boot(), reborn.node());
        assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);

        runs.recovery.takeOverDead(reborn);

        assertThat(runs.claimed(reborn)).contains(run);
        runs.recovery.takeOverDead(reborn);
        assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aRunWhoseRootIsNotMountedWaitsForIt() throws IOException {
        AwayRoots away = new AwayRoots(runs.sql);
        Path root = Files.createDirectory(folder.resolve("mount"));
        runs.sql.update("update data_root set path = ?", root.toString());
        Attempt attempt = runs.begun(1);
        Throwable gone = new InputRejectedException("the input " + root.resolve("scan.h5") + " is not there");

        runs.end.note(attempt, away.explained(attempt, gone));
        runs.settle(attempt);

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.reason(run)).startsWith("waiting until ").contains(root + " is not there or empty: mount");
        Files.createFile(root.resolve("another.h5"));
        assertThat(away.explained(attempt, gone)).isSameAs(gone);
    }

    @Test
    void aStopThatWasAskedForOutlivesItsNode() {
        runs.begun(1);
        runs.with(run, "stop_requested", "ada");
        runs.recovery.takeOverOwn(new Claimant(TestRuns.NODE.node(), UUID.randomUUID()));

        assertThat(runs.state(run)).isEqualTo(RunState.STOPPED);
        assertThat(runs.reason(run)).isEqualTo("stopped by ada");
        assertThat(runs.logs.tail(run, 1)).singleElement().asString().endsWith("is stopped, as ada had asked");
    }

    @Test
    void whatWasBeingPublishedWhenItsNodeDiedIsPublishedAlsoWhereAStopWasAskedFor() {
        Attempt attempt = runs.begun(1);
        runs.transitions.move(attempt, RunState.RUNNING, RunState.PUBLISHING, null);
        runs.with(run, "stop_requested", "ada");
        runs.recovery.takeOverOwn(new Claimant(TestRuns.NODE.node(), UUID.randomUUID()));

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
    }

    @Test
    void theStateKnownToTheAttemptsArtefactsIsInMemory() {
        Attempt attempt = runs.begun(1);
        assertThat(runs.live.isStopping(attempt)).isFalse();
        runs.live.stop(attempt);
        assertThat(runs.live.isStopping(attempt)).isTrue();
        assertThat(runs.live.isStopping(new Attempt(run, 99))).isTrue();
    }
}
