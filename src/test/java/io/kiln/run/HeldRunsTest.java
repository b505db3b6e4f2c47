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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
    void aRunThatWasNeverBegunGoesThereTooAndOneThatIsNotHeldStays() {
        RunId other = runs.held(runs.queued());
        RunId free = runs.queued();

        runs.held.release();

        assertThat(runs.placement(other).outputFolder()).startsWithRaw(folder.resolve("second"));
        assertThat(runs.second.take(free, 1)).isFalse();
        assertThat(runs.placement(free).outputFolder()).isEqualTo(folder.resolve("first/rec"));
    }

    @Test
    void aResultsRootThatIsFullTooTakesNothing() {
        RunId large = runs.held(runs.queued());
        runs.with(large, "hold_bytes", 2 * PLENTY);

        runs.held.release();

        assertThat(runs.reason(large)).isEqualTo("no room");
        assertThat(runs.placement(large).outputFolder()).isEqualTo(folder.resolve("first/rec"));
    }

    @Test
    void aPlaceWhereAResultOfOtherParametersIsIsNotTaken() throws IOException {
        ItemId item = runs.item();
        RunId earlier = runs.held(runs.with(runs.queued(item), "output_name", "scan_rec"));
        RunId same = runs.held(runs.with(runs.queued(item), "output_name", "scan_rec"));
        RunId other = runs.held(runs.with(runs.queued(item), "output_name", "scan_rec"));
        runs.sql.update("update run set significant = '{\"rotationAxis\": 296}' where id = ?", other.value());
        assertThat(runs.second.take(earlier, 1)).isTrue();

        assertThat(runs.second.take(other, 1)).as("beside an unfinished run").isFalse();
        runs.completed(earlier);
        assertThat(runs.second.take(other, 1)).as("over its result").isFalse();
        assertThat(runs.placement(other).outputFolder()).isEqualTo(folder.resolve("first/rec"));
        assertThat(runs.second.take(same, 1)).isTrue();
    }

    @Test
    void aResultIsKeptThereWhoseRunIsGone() throws IOException {
        RunId earlier = runs.held(runs.with(runs.queued(), "output_name", "scan_rec"));
        RunId later = runs.held(runs.with(runs.queued(), "output_name", "scan_rec"));
        assertThat(runs.second.take(earlier, 1)).isTrue();
        runs.completed(earlier);
        runs.sql.update("delete from run where id = ?", earlier.value());

        assertThat(runs.second.take(later, 1)).isFalse();
    }

    @Test
    void aFailedRunKeepsNoPlaceThere() {
        RunId earlier = runs.held(runs.with(runs.queued(), "output_name", "scan_rec"));
        RunId later = runs.held(runs.with(runs.queued(), "output_name", "scan_rec"));
        assertThat(runs.second.take(earlier, 1)).isTrue();
        runs.with(earlier, "state", "FAILED");

        assertThat(runs.second.take(later, 1)).isTrue();
    }

    @Test
    void aDiskThatDoesNotAnswerIsNotFull() {
        TestRuns elsewhere = new TestRuns(folder.resolve("first"), 0, path -> {
                    if (path.startsWith(folder.resolve("second"))) {
                        return PLENTY;
                    }
                    throw new IOException("stale file handle");
                })
                .withResultsRoot(folder.resolve("second"));
        RunId waits = elsewhere.held(elsewhere.queued());

        elsewhere.held.release();

        assertThat(elsewhere.reason(waits)).isEqualTo("no room");
        assertThat(elsewhere.placement(waits).outputFolder()).isEqualTo(folder.resolve("first/rec"));
    }

    @Test
    void onAScratchFolderARunWorksOnWhereverItsOutputGoes() throws IOException {
        Path scratch = folder.resolve("scratch");
        TestRuns fast = new TestRuns(
                        folder.resolve("first"),
                        0,
                        path -> path.startsWith(folder.resolve("first")) ? 0 : PLENTY,
                        Optional.of(scratch))
                .withResultsRoot(folder.resolve("second"));
        RunId waits = fast.held(fast.queued());
        Path work = Files.createDirectories(scratch.resolve(".kiln-" + waits));

        fast.held.release();

        assertThat(fast.placement(waits).outputFolder()).isEqualTo(folder.resolve("second/first/rec"));
        assertThat(work).isDirectory();
    }

    @Test
    void aScratchFolderThatIsFullIsNotHelpedByAnotherPlaceForTheOutput() {
        TestRuns full = new TestRuns(
                        folder.resolve("first"),
                        0,
                        path -> path.startsWith(folder.resolve("second")) ? PLENTY : 0,
                        Optional.of(folder.resolve("scratch")))
                .withResultsRoot(folder.resolve("second"));
        RunId waits = full.queued();
        Placement before = full.placement(waits);
        full.holds.hold(waits, new DiskHolds.Shortage(before.workFolder(), 1, "no room"));

        full.held.release();

        assertThat(full.placement(waits)).isEqualTo(before);
        assertThat(full.reason(waits)).isEqualTo("no room");
    }

    @Test
    void aRunThatScratchHasNoRoomForGoesOnWhenScratchHasSome() {
        AtomicLong free = new AtomicLong();
        Path scratch = folder.resolve("scratch");
        TestRuns full = new TestRuns(
                        folder.resolve("first"),
                        1000,
                        path -> path.startsWith(scratch) ? free.get() : path.equals(folder) ? 0 : PLENTY,
                        Optional.of(scratch))
                .withNode(TestRuns.NODE, 1);
        RunId waits = full.queued();
        assertThat(full.claimed(TestRuns.NODE)).isEmpty();

        full.held.release();
        assertThat(full.reason(waits)).startsWith("waiting for disk space: " + scratch);

        free.set(PLENTY);
        full.held.release();
        assertThat(full.claimed(TestRuns.NODE)).contains(waits);
    }
}
