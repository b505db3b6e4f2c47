package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YieldsTest {
    private static final Claimant OTHER = new Claimant("node-b", UUID.randomUUID());

    @TempDir
    private Path folder;

    @Test
    void theNewestFullOfTheLowestPriorityYieldsOnceAndWaitsAtItsOldPlace() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 4);
        RunId dear = runs.with(runs.queued(), "priority", 3);
        RunId tried = runs.with(runs.queued(), "is_try", true);
        RunId old = runs.queued();
        RunId young = runs.queued();
        claimAll(runs, dear, tried, old, young);
        RunId waiting = runs.queued();
        RunId urgent = urgent(runs);

        assertThat(asked(runs, TestRuns.NODE)).containsExactly(young);
        assertThat(asked(runs, TestRuns.NODE)).as("it is on its way").containsExactly(young);
        runs.settle(new Attempt(young, 1));

        assertThat(runs.state(young)).isEqualTo(RunState.QUEUED);
        assertThat(runs.reason(young)).isEqualTo("yielded to urgent run " + urgent + "; waiting for a device");
        assertThat(runs.claimed(TestRuns.NODE)).contains(urgent);
        runs.leases.release(new Attempt(urgent, 1));
        assertThat(runs.claimed(TestRuns.NODE)).as("before " + waiting).contains(young);
        assertThat(runs.sql.list(row -> row.getString(1), "select subject from audit where action = 'take device'"))
                .containsExactly(young.toString());
    }

    @Test
    void whoeverHasYieldedToAnUrgentRunIsNotAskedByItAgain() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 1);
        RunId full = runs.queued();
        claimAll(runs, full);
        RunId urgent = urgent(runs);
        asked(runs, TestRuns.NODE);
        runs.settle(new Attempt(full, 1));
        assertThat(runs.claimed(TestRuns.NODE)).contains(urgent);
        runs.settle(new Attempt(urgent, 1));
        runs.with(urgent, "not_before", Instant.parse("2999-01-01T00:00:00Z"));
        assertThat(runs.claimed(TestRuns.NODE)).contains(full);
        runs.with(urgent, "not_before", null);

        assertThat(asked(runs, TestRuns.NODE))
                .as("attempt 1 was asked, attempt 2 is not")
                .containsExactly(full);
        assertThat(attemptAsked(runs, full)).isEqualTo(1);
        RunId another = urgent(runs);
        asked(runs, TestRuns.NODE);
        assertThat(runs.sql.list(
                        row -> row.getString(1),
                        "select urgent from run_yield where run = ? and attempt = 2",
                        full.value()))
                .containsExactly(another.toString());
    }

    @Test
    void urgentRunsTakeNothingFromEachOtherAndNothingWhereADeviceIsFree() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 1);
        claimAll(runs, urgent(runs));
        urgent(runs);
        assertThat(asked(runs, TestRuns.NODE)).isEmpty();

        TestRuns others = new TestRuns(folder).withNode(TestRuns.NODE, 1).withNode(OTHER, 1);
        claimAll(others, others.queued());
        urgent(others);
        assertThat(asked(others, TestRuns.NODE)).as("node-b has a free one").isEmpty();
    }

    @Test
    void oneNodeAloneAsksForAnUrgentRun() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 1).withNode(OTHER, 1);
        RunId here = runs.queued();
        RunId there = runs.queued();
        claimAll(runs, here);
        assertThat(runs.claimed(OTHER)).contains(there);
        urgent(runs);

        assertThat(asked(runs, OTHER)).containsExactly(there);
        assertThat(asked(runs, TestRuns.NODE)).containsExactly(there);
    }

    @Test
    void asManyYieldAsTheUrgentRunNeedsAndNoneWhereThatIsNotEnough() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 3);
        RunId tried = urgent(runs);
        RunId first = runs.queued();
        RunId second = runs.queued();
        claimAll(runs, tried, first, second);
        RunId wide = runs.with(urgent(runs), "devices", 3);
        assertThat(asked(runs, TestRuns.NODE)).as("an urgent run holds one").isEmpty();

        runs.with(wide, "devices", 2);
        assertThat(asked(runs, TestRuns.NODE)).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void whereItsBatchMayHoldNoMoreARunOfTheBatchYields() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 3).withMostDevices(1);
        BatchId capped = runs.batch();
        RunId full = runs.queued();
        claimAll(runs, full);
        runs.inAnotherBatch();
        claimAll(runs, runs.queued());
        RunId urgent = runs.with(urgent(runs), "batch", capped.value());

        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        assertThat(asked(runs, TestRuns.NODE)).containsExactly(full);
        runs.settle(new Attempt(full, 1));
        assertThat(runs.claimed(TestRuns.NODE)).contains(urgent);
    }

    @Test
    void aRunThatFailsWhileItIsAskedHasFailed() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 1);
        RunId full = runs.queued();
        claimAll(runs, full);
        urgent(runs);
        asked(runs, TestRuns.NODE);
        runs.end.note(new Attempt(full, 1), new IllegalStateException("no flats"));
        runs.settle(new Attempt(full, 1));

        assertThat(runs.state(full)).isEqualTo(RunState.FAILED);
    }

    private static RunId urgent(TestRuns runs) {
        return runs.with(runs.queued(), "urgent", true);
    }

    private static void claimAll(TestRuns runs, RunId... expected) {
        for (RunId run : expected) {
            assertThat(runs.claimed(TestRuns.NODE)).contains(run);
        }
    }

    /** Lets the node ask, and says which runs any was asked for by now. */
    private static List<RunId> asked(TestRuns runs, Claimant node) {
        runs.database.inTransaction(() -> {
            runs.yields.ask(node);
            return null;
        });
        return runs.sql.list(row -> RunId.parse(row.getString(1)), "select run from run_yield order by asked_at");
    }

    private static int attemptAsked(TestRuns runs, RunId run) {
        return runs.sql
                .first(row -> row.getInt(1), "select max(attempt) from run_yield where run = ?", run.value())
                .orElseThrow();
    }
}
