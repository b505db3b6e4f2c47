package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.CountedStatements;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

class RunTransitionsTest {
    private TestRuns runs;

    @BeforeTry
    void empty() {
        runs = new TestRuns(Path.of("/data"));
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void theDatabaseGoesExactlyTheLegalWaysAndTellsOfEach(@ForAll @Size(max = 12) List<RunState> wishes) {
        RunId run = runs.queued();
        RunState state = RunState.QUEUED;
        int attempt = 0;
        List<String> told = new ArrayList<>();
        for (RunState wish : wishes) {
            if (!state.mayBecome(wish)) {
                RunState from = state;
                assertThatThrownBy(() -> runs.transitions.move(run, from, wish, null))
                        .isInstanceOf(IllegalArgumentException.class);
                continue;
            }
            if (wish == RunState.RUNNING) {
                assertThat(runs.transitions.claim(run, TestRuns.NODE, UUID.randomUUID()))
                        .isTrue();
                attempt++;
            } else {
                assertThat(runs.transitions.move(new Attempt(run, attempt), state, wish, "because"))
                        .isTrue();
            }
            state = wish;
            told.add(state + " " + attempt);
        }
        assertThat(runs.state(run)).isEqualTo(state);
        assertThat(runs.sql.list(
                        row -> row.getString("state") + " " + row.getInt("attempt"),
                        "select state, attempt from event where run = ? order by id",
                        run.value()))
                .isEqualTo(told);
    }

    @Property(tries = 5)
    void anOlderAttemptChangesNothing(@ForAll RunState wish) {
        RunId run = runs.queued();
        runs.transitions.claim(run, TestRuns.NODE, UUID.randomUUID());
        runs.transitions.move(new Attempt(run, 1), RunState.RUNNING, RunState.QUEUED, "its node was lost");
        runs.transitions.claim(run, TestRuns.NODE, UUID.randomUUID());
        if (RunState.RUNNING.mayBecome(wish)) {
            assertThat(runs.transitions.move(new Attempt(run, 1), RunState.RUNNING, wish, null))
                    .isFalse();
        }
        assertThat(runs.state(run)).isEqualTo(RunState.RUNNING);
    }

    @Example
    void thousandsAreMovedAtOnceEachForItsOwnReasonAndThoseInAnotherStateAreLeft() {
        Map<RunId, String> reasons = new HashMap<>();
        for (int number = 0; number < 2000; number++) {
            reasons.put(runs.queued(), "because " + number);
        }
        RunId running = reasons.keySet().iterator().next();
        runs.transitions.claim(running, TestRuns.NODE, UUID.randomUUID());
        CountedStatements statements = new CountedStatements(runs.database.dataSource());

        Set<RunId> moved = new RunTransitions(statements.sql()).move(reasons, RunState.QUEUED, RunState.STOPPED);

        assertThat(statements.count()).isEqualTo(1);
        assertThat(runs.state(running)).isEqualTo(RunState.RUNNING);
        reasons.remove(running);
        assertThat(moved).isEqualTo(reasons.keySet());
        Map<RunId, String> told = new HashMap<>();
        runs.sql.list(
                row -> told.put(RunId.parse(row.getString("run")), row.getString("reason")),
                "select run, reason from event where state = 'STOPPED'");
        assertThat(told).isEqualTo(reasons);
    }
}
