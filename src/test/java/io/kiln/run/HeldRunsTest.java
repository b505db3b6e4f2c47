package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.job.Attempt;
import io.kiln.job.DiskFullException;
import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.job.SlabOutcome;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data root whose disk has no room, and a results root whose disk has. */
class HeldRunsTest {
    private static final long NEEDED = 300L << 30;
    private static final long PLENTY = 1L << 40;

    @TempDir
    private Path folder;

    private TestRuns runs;
    private RunId run;
    private Attempt attempt;

    @BeforeEach
    void inspectAnInput() {
        runs = new TestRuns(folder.resolve("first"), 0, path -> path.startsWith(folder.resolve("second")) ? PLENTY : 0)
                .withNode(TestRuns.NODE, 1)
                .withResultsRoot(folder.resolve("second"));
        run = runs.queued();
        attempt = runs.begun(1);
        runs.ledger.keepPlan(attempt, new Plan(100, 2, "slice", NEEDED, JsonValue.EMPTY_JSON_OBJECT));
    }

    private Placement meetAFullDisk() throws IOException {
        Placement before = runs.placement(run);
        Files.createDirectories(before.workFolder().resolve("output"));
        Files.writeString(before.workFolder().resolve("spool"), "decompressed");
        runs.end.note(attempt, new DiskFullException(before.workFolder(), NEEDED, "no room", null));
        runs.settle(attempt);
        assertThat(runs.reason(run)).isEqualTo("no room");
        return before;
    }

    @Test
    void aRunOfWhichNothingIsDoneGoesToTheResultsRoot() throws IOException {
        Placement before = meetAFullDisk();

        runs.held.release();

        assertThat(runs.placement(run).outputFolder()).isEqualTo(folder.resolve("second/first/rec"));
        assertThat(before.workFolder()).doesNotExist();
        assertThat(runs.ledger.plan(run)).isEmpty();
        assertThat(runs.logs.tail(run, 1)).singleElement().asString().contains("its output goes to " + folder);
        assertThat(runs.claimed(TestRuns.NODE)).contains(run);
    }

    @Test
    void aRunOfWhichSomethingIsDoneWaitsWhereItIs() throws IOException {
        runs.ledger.settle(attempt, SlabOutcome.DONE, List.of(new UnitRange(0, 2)));
        Placement before = meetAFullDisk();

        runs.held.release();

        assertThat(runs.placement(run)).isEqualTo(before);
        assertThat(before.workFolder()).isDirectory();
        assertThat(runs.reason(run)).isEqualTo("no room");
        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
    }

    @Test
    void aRunThatWasNeverBegunGoesThereToo() throws IOException {
        RunId other = runs.queued();
        runs.holds.hold(other, new DiskHolds.Shortage(runs.placement(other).outputFolder(), NEEDED, "no room"));

        runs.held.release();

        assertThat(runs.placement(other).outputFolder()).startsWithRaw(folder.resolve("second"));
    }

    @Test
    void aScratchFolderThatIsFullIsNotHelpedByAnotherPlaceForTheOutput() {
        RunId other = runs.queued();
        Placement before = runs.placement(other);
        runs.holds.hold(other, new DiskHolds.Shortage(folder.resolve("scratch"), NEEDED, "no room"));

        runs.held.release();

        assertThat(runs.placement(other)).isEqualTo(before);
    }
}
