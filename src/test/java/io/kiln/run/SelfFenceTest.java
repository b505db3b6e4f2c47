package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.settings.Durations;
import io.kiln.target.Targets;
import io.kiln.target.server.ServerTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfFenceTest {
    private static final long TOO_LATE = Durations.SELF_FENCE.toNanos() + 1;

    @TempDir
    private Path folder;

    private TestRuns runs;

    @BeforeEach
    void open() {
        runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
    }

    @Test
    void everyAttemptIsToldToStopBeforeTheLogTells() {
        List<Attempt> attempts = List.of(begin(1), begin(2));
        List<Attempt> told = new ArrayList<>();
        AttemptLog log = new AttemptLog(runs.sql, runs.logs) {
            @Override
            void fenced(Attempt attempt) {
                assertThat(attempts).allMatch(runs.live::isStopping);
                told.add(attempt);
            }
        };
        SelfFence fence = new SelfFence(runs.live, log);
        fence.renewed(0);

        fence.check(TOO_LATE);
        fence.check(TOO_LATE);

        assertThat(told).containsExactlyInAnyOrderElementsOf(attempts);
    }

    @Test
    void aFencedNodeStartsNothing() {
        RunId run = runs.queued();
        SelfFence fence = new SelfFence(runs.live, runs.log);
        fence.renewed(0);
        fence.check(TOO_LATE);
        AuditLog audit = new AuditLog(runs.sql);
        Targets targets = new Targets(List.of(new ServerTarget()));

        new Dispatcher(
                        runs.claims,
                        runs.yields,
                        new NodeService(runs.sql, runs.leases, new EventFeed(runs.sql), audit),
                        runs.live,
                        runs.end,
                        runs.log,
                        targets)
                .dispatch(TestRuns.NODE);

        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.sql.exists("select 1 from event where run = ? and state = 'RUNNING'", run.value()))
                .as("it was never claimed")
                .isFalse();
    }

    private Attempt begin(long executionId) {
        runs.queued();
        return runs.begun(executionId);
    }
}
