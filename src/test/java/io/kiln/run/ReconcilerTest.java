package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {
    @TempDir
    private Path folder;

    private TestRuns runs;

    @BeforeEach
    void open() {
        runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
    }

    @Test
    void anAttemptThatBeginsWhileTheDatabaseAnswersIsNotStopped() {
        RunId run = runs.queued();
        Sql slow = new Sql(runs.database.dataSource()) {
            @Override
            public <T> List<T> list(RowReader<T> reader, String query, Object... values) {
                List<T> answer = super.list(reader, query, values);
                runs.begun(7);
                return answer;
            }
        };

        new Reconciler(slow, runs.live, runs.end, runs.log).passOnStops(TestRuns.NODE);

        Attempt begun = new Attempt(run, 1);
        assertThat(runs.live.contains(begun)).isTrue();
        assertThat(runs.live.isStopping(begun)).isFalse();
    }

    @Test
    void anAttemptThatWasTakenOverAndIsNotAtWorkAnyMoreIsForgotten() {
        runs.queued();
        Attempt taken = runs.begun(7);
        runs.sql.update("update run set node = 'node-b', boot = ?", UUID.randomUUID());
        Reconciler reconciler = new Reconciler(runs.sql, runs.live, runs.end, runs.log);

        reconciler.reconcile(TestRuns.NODE);
        assertThat(runs.live.all()).as("its threads may be between two steps").containsExactly(taken);
        reconciler.reconcile(TestRuns.NODE);
        reconciler.reconcile(TestRuns.NODE);

        assertThat(runs.live.all()).isEmpty();
        assertThat(runs.state(taken.run())).isEqualTo(RunState.RUNNING);
    }
}
