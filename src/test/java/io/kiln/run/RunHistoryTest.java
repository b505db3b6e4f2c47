package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.DeviceId;
import io.kiln.event.EventFeed;
import io.kiln.job.Attempt;
import io.kiln.job.DeviceFailedException;
import io.kiln.job.RunId;
import io.kiln.job.SlabOutcome;
import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.UnitRange;
import io.kiln.run.history.RunHistory;
import io.kiln.run.history.RunTimeline.AttemptView;
import io.kiln.run.history.RunTimeline.Lane;
import io.kiln.run.history.RunTimeline.Units;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
    private static final DeviceId FIRST = new DeviceId("cpu0");
    private static final DeviceId SECOND = new DeviceId("cpu1");

    @TempDir
    private Path folder;

    private TestRuns runs;
    private RunId run;
    private Attempt attempt;
    private Lanes lanes;
    private RunHistory history;

    @BeforeEach
    void begin() {
        runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
        run = runs.with(runs.queued(), "devices", 2);
        attempt = runs.begun(1);
        lanes = new Lanes(runs.sql);
        history = new RunHistory(runs.sql, new EventFeed(runs.sql));
    }

    @Test
    void aLaneIsAsFarAsTheLedgerSaysOfItsUnits() {
        lanes.begin(attempt, FIRST, List.of(new UnitRange(0, 4), new UnitRange(8, 10)));
        lanes.begin(attempt, SECOND, List.of(new UnitRange(4, 8)));
        settle(SlabOutcome.DONE, 0, 2);
        settle(SlabOutcome.SKIPPED, 8, 9);
        settle(SlabOutcome.DONE, 4, 8);
        lanes.end(attempt, SECOND);

        List<Lane> seen = only().lanes();

        assertThat(seen).extracting(Lane::device).containsExactly("cpu0", "cpu1");
        assertThat(seen.get(0).units()).containsExactly(new Units(0, 4), new Units(8, 10));
        assertThat(List.of(
                        seen.get(0).total(),
                        seen.get(0).done(),
                        seen.get(0).skipped(),
                        seen.get(0).slabs()))
                .containsExactly(6, 3, 1, 2);
        assertThat(seen.get(0).endedAt()).isNull();
        assertThat(seen.get(1).done()).isEqualTo(4);
        assertThat(seen.get(1).endedAt()).isAfterOrEqualTo(seen.get(1).begunAt());
        assertThat(history.of(run).skipped()).containsExactly(new Units(8, 9));
    }

    @Test
    void anAttemptAtWorkHasTheStateOfItsRun() {
        assertThat(only().outcome()).isEqualTo("RUNNING");
        assertThat(only().devices()).containsExactly("cpu0", "cpu1");

        runs.transitions.move(attempt, RunState.RUNNING, RunState.PUBLISHING, null);
        assertThat(only().outcome()).isEqualTo("PUBLISHING");
        assertThat(only().publishingAt()).isNotNull();
        assertThat(only().endedAt()).isNull();
    }

    @Test
    void eachAttemptKeepsItsOwnOutcomeAndFailure() {
        runs.end.note(
                attempt,
                new DeviceFailedException(
                        FIRST, new UnitRange(0, 1), 3, new IllegalStateException("it fell off the bus")));
        runs.settle(attempt);
        runs.sql.update("update device set quarantined_until = null");
        attempt = runs.begun(2);
        runs.end.note(attempt, new IllegalStateException("nobody foresaw this"));
        runs.settle(attempt);

        List<AttemptView> attempts = history.of(run).attempts();

        assertThat(attempts).extracting(AttemptView::outcome).containsExactly("QUEUED", "FAILED");
        assertThat(attempts.get(0).failure().kind()).isEqualTo("DEVICE");
        assertThat(attempts.get(0).failure().advice()).contains("cpu0").contains("Nodes");
        assertThat(attempts.get(1).failure().message()).isEqualTo("nobody foresaw this");
        assertThat(attempts.get(1).failure().advice()).contains("restart");
        assertThat(attempts.get(1).reason()).isEqualTo("nobody foresaw this");
    }

    @Test
    void aRestartDoesNotChangeWhatTheAttemptBeforeItCameTo() {
        runs.end.note(attempt, new IllegalStateException("a cable"));
        runs.settle(attempt);
        runs.transitions.move(run, RunState.FAILED, RunState.QUEUED, "restarted by ada");

        assertThat(only().outcome()).isEqualTo("FAILED");
        assertThat(history.of(run).changes())
                .last()
                .satisfies(change -> assertThat(change.reason()).isEqualTo("restarted by ada"));
    }

    @Test
    void withoutItsEventsTheNewestAttemptIsWhatItsRunIs() {
        runs.end.note(attempt, new IllegalStateException("a cable"));
        runs.settle(attempt);
        runs.sql.update("delete from event");

        assertThat(only().outcome()).isEqualTo("FAILED");
        assertThat(only().reason()).isEqualTo("a cable");
        assertThat(history.of(run).changes()).isEmpty();
    }

    @Test
    void aRunThatIsNotThereIsSaid() {
        RunId unknown = RunId.random();

        assertThatThrownBy(() -> history.of(unknown))
                .isInstanceOf(UnknownIdException.class)
                .hasMessageContaining(unknown.toString());
    }

    private AttemptView only() {
        List<AttemptView> attempts = history.of(run).attempts();
        assertThat(attempts).hasSize(1);
        return attempts.get(0);
    }

    private void settle(SlabOutcome outcome, int from, int to) {
        runs.ledger.settle(attempt, outcome, List.of(new UnitRange(from, to)));
    }
}
