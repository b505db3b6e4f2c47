package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.job.SlabOutcome;
import io.kiln.pipeline.UnitRange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallWatchTest {
    @TempDir
    private Path folder;

    private TestRuns runs;
    private RunId run;
    private Attempt attempt;
    private StallWatch watch;

    @BeforeEach
    void begin() {
        runs = new TestRuns(folder).withNode(TestRuns.NODE, 1);
        run = runs.queued();
        attempt = runs.begun(1);
        watch = new StallWatch(runs.sql, runs.log);
    }

    @Test
    void aRunIsFlaggedWhileItSettlesNothingForLongerThanItsPaceExplains() {
        settle(0);
        settle(1);
        watch.look(TestRuns.NODE);
        assertThat(stalled()).isFalse();

        everythingWas("3 minutes");
        watch.look(TestRuns.NODE);
        watch.look(TestRuns.NODE);
        assertThat(stalled()).isTrue();
        assertThat(reasons()).singleElement().asString().contains("has stalled").contains("120 s");
        assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);

        settle(2);
        watch.look(TestRuns.NODE);
        assertThat(stalled()).isFalse();
        assertThat(reasons()).hasSize(2).last().asString().startsWith("goes on");
    }

    @Test
    void beforeTheFirstSlabMoreIsAllowed() {
        everythingWas("29 minutes");
        watch.look(TestRuns.NODE);
        assertThat(stalled()).isFalse();

        everythingWas("2 minutes");
        watch.look(TestRuns.NODE);
        assertThat(stalled()).isTrue();
    }

    @Test
    void theFlagEndsWithTheAttempt() {
        everythingWas("31 minutes");
        watch.look(TestRuns.NODE);
        assertThat(stalled()).isTrue();

        runs.settle(attempt);
        assertThat(stalled()).isFalse();
    }

    private void settle(int unit) {
        runs.ledger.settle(attempt, SlabOutcome.DONE, List.of(new UnitRange(unit, unit + 1)));
    }

    /** So much longer ago than it was. */
    private void everythingWas(String ago) {
        runs.sql.update("update run set claimed_at = claimed_at - cast(? as interval)", ago);
        runs.sql.update("update ledger set at = at - cast(? as interval)", ago);
    }

    private boolean stalled() {
        return runs.sql.exists("select 1 from run where id = ? and stalled_since is not null", run.value());
    }

    private List<String> reasons() {
        return runs.sql.list(
                row -> row.getString(1),
                "select reason from event where run = ? and (reason like 'has stalled%' or reason like 'goes on%')"
                        + " order by id",
                run.value());
    }
}
