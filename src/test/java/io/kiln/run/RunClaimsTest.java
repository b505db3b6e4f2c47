package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunClaimsTest {
    private static final Claimant OTHER = new Claimant("node-b", UUID.randomUUID());

    @TempDir
    private Path folder;

    @Test
    void priorityGoesBeforeTriesAndTriesBeforeTheOrderOfQueueing() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 4);
        RunId first = runs.queued();
        RunId second = runs.queued();
        RunId tried = runs.with(runs.queued(), "is_try", true);
        RunId urgent = runs.with(runs.queued(), "priority", 5);

        assertThat(List.of(claim(runs), claim(runs), claim(runs), claim(runs)))
                .containsExactly(urgent, tried, first, second);
        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
    }

    @Test
    void dispatchersOnSeveralNodesClaimEachRunOnce() throws InterruptedException, ExecutionException {
        TestRuns runs = new TestRuns(folder);
        List<RunId> queued = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            queued.add(runs.queued());
        }
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<List<RunId>>> claims = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Claimant node = new Claimant("node-" + i, UUID.randomUUID());
            runs.withNode(node, 6);
            claims.add(nodes.submit(() -> claimSix(runs, node)));
        }
        List<RunId> claimed = new ArrayList<>();
        for (Future<List<RunId>> one : claims) {
            claimed.addAll(one.get());
        }
        nodes.shutdown();

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(queued);
    }

    private static List<RunId> claimSix(TestRuns runs, Claimant node) {
        List<RunId> claimed = new ArrayList<>();
        while (claimed.size() < 6) {
            runs.claimed(node).ifPresent(claimed::add);
        }
        return claimed;
    }

    @Test
    void twoDispatchersOfOneNodeNeverLeaseADeviceTwice() throws InterruptedException, ExecutionException {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 1);
        runs.queued();
        runs.queued();
        ExecutorService dispatchers = Executors.newFixedThreadPool(2);
        Future<Optional<RunId>> one = dispatchers.submit(() -> runs.claimed(TestRuns.NODE));
        Future<Optional<RunId>> other = dispatchers.submit(() -> runs.claimed(TestRuns.NODE));
        dispatchers.shutdown();

        assertThat(List.of(one.get().isPresent(), other.get().isPresent())).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void aRunThatWaitsForSeveralDevicesIsNotOvertaken() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
        RunId small = runs.queued();
        RunId wide = runs.with(runs.queued(), "devices", 2);
        RunId late = runs.queued();

        assertThat(runs.claimed(TestRuns.NODE)).contains(small);
        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        assertThat(runs.reason(wide)).isEqualTo("waiting for 2 devices");
        runs.leases.release(new Attempt(small, 1));
        assertThat(runs.claimed(TestRuns.NODE)).contains(wide);
        assertThat(runs.leases.of(new Attempt(wide, 1))).hasSize(2);
        assertThat(runs.state(late)).isEqualTo(RunState.QUEUED);
    }

    @Test
    void aNodeThatLooksAtARunItCannotTakeYetHidesItFromNobody() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 2).withNode(OTHER, 2);
        runs.queued();
        RunId small = claim(runs);
        RunId wide = runs.with(runs.queued(), "devices", 2);
        runs.queued();

        runs.database.inTransaction(() -> {
            assertThat(runs.claims.next(TestRuns.NODE)).isInstanceOf(RunClaims.Outcome.Nothing.class);
            assertThat(elsewhere(() -> runs.claimed(OTHER))).contains(wide);
            return small;
        });
    }

    @Test
    void aRunThatSomebodyIsChangingIsPassedOver() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
        RunId changing = runs.queued();
        RunId next = runs.queued();

        runs.database.inTransaction(() -> {
            runs.sql.exists("select 1 from run where id = ? for update", changing.value());
            assertThat(elsewhere(() -> runs.claimed(TestRuns.NODE))).contains(next);
            return changing;
        });
        assertThat(claim(runs)).isEqualTo(changing);
    }

    @Test
    void aCappedBatchThatSomebodyIsChangingHoldsUpNoOther() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 2).withMostDevices(1);
        RunId capped = runs.queued();
        runs.queued();
        UUID batch = runs.batch().value();
        RunId other = runs.inAnotherBatch().queued();

        runs.database.inTransaction(() -> {
            runs.sql.exists("select 1 from batch where id = ? for update", batch);
            assertThat(elsewhere(() -> runs.claimed(TestRuns.NODE))).contains(other);
            return capped;
        });
        assertThat(claim(runs)).isEqualTo(capped);
    }

    @Test
    void aNodeThatHasMuchToPublishTakesNoMoreUntilThen() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 1);
        List<Attempt> publishing = new ArrayList<>();
        for (int i = 0; i < RunClaims.MOST_PUBLISHING; i++) {
            runs.queued();
            Attempt attempt = runs.begun(i);
            runs.transitions.move(attempt, RunState.RUNNING, RunState.PUBLISHING, null);
            runs.leases.release(attempt);
            publishing.add(attempt);
        }
        RunId waits = runs.queued();

        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        assertThat(runs.reason(waits)).isEqualTo("waiting for results to be published: 8 are under way");
        runs.transitions.move(publishing.get(0), RunState.PUBLISHING, RunState.COMPLETED, null);
        assertThat(claim(runs)).isEqualTo(waits);
    }

    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work).join();
    }

    @Test
    void allDevicesOfANodeAreLeasedTogether() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 3);
        RunId all = runs.with(runs.queued(), "devices", 0);

        assertThat(runs.claimed(TestRuns.NODE)).contains(all);
        assertThat(runs.leases.of(new Attempt(all, 1))).hasSize(3);
    }

    @Test
    void aRunThatWantsMoreDevicesThanAnyNodeHasSaysSoAndBlocksNobody() {
        TestRuns runs = new TestRuns(folder)
                .withNode(new Claimant("node-small", UUID.randomUUID()), 1)
                .withNode(TestRuns.NODE, 2);
        RunId wide = runs.with(runs.queued(), "devices", 4);
        RunId fits = runs.queued();

        assertThat(runs.claimed(TestRuns.NODE)).contains(fits);
        assertThat(runs.reason(wide)).isEqualTo("wants 4 devices; the largest node has 2");
        runs.withNode(new Claimant("node-large", UUID.randomUUID()), 4);
        assertThat(runs.reason(wide)).isEqualTo("waiting for 4 devices");
        runs.leases.quarantine("node-large", "cpu3", "it failed");
        assertThat(runs.reason(wide)).isEqualTo("wants 4 devices; the largest node has 3 that are not quarantined");
    }

    @Test
    void aBatchHoldsNoMoreDevicesThanItMayAndLetsOthersPass() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 4).withMostDevices(2);
        RunId first = runs.queued();
        RunId second = runs.queued();
        RunId third = runs.queued();
        RunId wide = runs.with(runs.queued(), "devices", 3);
        runs.inAnotherBatch();
        RunId other = runs.queued();

        assertThat(List.of(claim(runs), claim(runs), claim(runs))).containsExactly(first, second, other);
        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        assertThat(runs.reason(third))
                .isEqualTo("waiting for another run of its batch, which may hold 2 devices at once");
        assertThat(runs.reason(wide)).isEqualTo("wants 3 devices; its batch may hold 2 at once");
        runs.leases.release(new Attempt(first, 1));
        assertThat(runs.reason(third)).isEqualTo("waiting for a device");
        assertThat(runs.claimed(TestRuns.NODE)).contains(third);
    }

    @Test
    void allDevicesOfANodeAreThoseThatTheBatchMayHold() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 4).withMostDevices(3);
        RunId one = runs.queued();
        RunId all = runs.with(runs.queued(), "devices", 0);

        assertThat(runs.claimed(TestRuns.NODE)).contains(one);
        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        runs.leases.release(new Attempt(one, 1));
        assertThat(runs.claimed(TestRuns.NODE)).contains(all);
        assertThat(runs.leases.of(new Attempt(all, 1))).hasSize(3);
    }

    @Test
    void nodesThatClaimAtTheSameTimeNeverExceedWhatABatchMayHold() throws InterruptedException, ExecutionException {
        TestRuns runs = new TestRuns(folder).withMostDevices(3);
        for (int i = 0; i < 12; i++) {
            runs.queued();
        }
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<Integer>> most = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Claimant node = new Claimant("node-" + i, UUID.randomUUID());
            runs.withNode(node, 2);
            most.add(nodes.submit(() -> mostHeldWhileClaiming(runs, node)));
        }
        for (Future<Integer> one : most) {
            assertThat(one.get()).isBetween(0, 3);
        }
        nodes.shutdown();
        assertThat(held(runs)).isEqualTo(3);
    }

    private static int mostHeldWhileClaiming(TestRuns runs, Claimant node) {
        int most = 0;
        for (int i = 0; i < 20; i++) {
            runs.claimed(node);
            most = Math.max(most, held(runs));
        }
        return most;
    }

    private static int held(TestRuns runs) {
        return runs.sql
                .first(row -> row.getInt(1), "select count(*) from device_lease")
                .orElseThrow();
    }

    @Test
    void aRunOfATargetThatTheNodeDoesNotServeIsLeftToOthers() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
        RunId elsewhere = runs.with(runs.queued(), "target", "elsewhere");
        RunId here = runs.queued();

        assertThat(runs.claimed(TestRuns.NODE)).contains(here);
        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        assertThat(runs.state(elsewhere)).isEqualTo(RunState.QUEUED);
    }

    @Test
    void aRunWaitsForItsTime() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 1);
        RunId later = runs.with(runs.queued(), "not_before", Instant.parse("2999-01-02T03:04:05Z"));

        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        assertThat(runs.reason(later)).isEqualTo("waiting until 2999-01-02 03:04:05Z");
    }

    @Test
    void aRunWaitsForTheItemsThatItsItemComesAfter() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
        ItemId earlier = runs.item();
        ItemId later = runs.itemAfter(earlier);
        RunId first = runs.queued(earlier);
        RunId second = runs.with(runs.queued(later), "priority", 9);

        assertThat(runs.claimed(TestRuns.NODE)).contains(first);
        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        assertThat(runs.reason(second)).isEqualTo("waiting for item scan1");
        Attempt attempt = new Attempt(first, 1);
        runs.transitions.move(attempt, RunState.RUNNING, RunState.FAILED, "no flats");
        assertThat(runs.reason(second)).isEqualTo("waiting for item scan1, which failed");
        runs.transitions.move(first, RunState.FAILED, RunState.QUEUED, null);
        runs.leases.release(attempt);
        assertThat(runs.claimed(TestRuns.NODE)).contains(first);
        runs.transitions.move(new Attempt(first, 2), RunState.RUNNING, RunState.PUBLISHING, null);
        runs.transitions.move(new Attempt(first, 2), RunState.PUBLISHING, RunState.COMPLETED, null);
        assertThat(runs.state(second)).isEqualTo(RunState.QUEUED);
        runs.transitions.move(runs.queued(earlier), RunState.QUEUED, RunState.SKIPPED, "done already");
        assertThat(runs.claimed(TestRuns.NODE)).contains(second);
    }

    @Test
    void aRunThatWasSkippedStandsForTheOneThatHadMadeTheSame() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
        ItemId earlier = runs.item();
        ItemId later = runs.itemAfter(earlier);
        runs.with(runs.queued(earlier), "state", "COMPLETED");
        RunId others = runs.with(runs.queued(earlier), "state", "FAILED");
        runs.sql.update("update run set significant = '{\"rotationAxis\": 296}' where id = ?", others.value());
        RunId waits = runs.queued(later);
        assertThat(runs.reason(waits)).isEqualTo("waiting for item scan1, which failed");

        runs.with(runs.queued(earlier), "state", "SKIPPED");
        assertThat(runs.reason(waits)).isEqualTo("waiting for a device");
        runs.with(others, "state", "QUEUED");
        assertThat(runs.reason(waits)).isEqualTo("waiting for item scan1");
    }

    @Test
    void onlyOneRunIsActiveOnAnOutput() {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
        RunId first = runs.with(runs.queued(), "output_name", "same");
        RunId second = runs.with(runs.queued(), "output_name", "same");

        assertThat(runs.claimed(TestRuns.NODE)).contains(first);
        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        assertThat(runs.reason(second)).contains("waiting for run " + first + ", which writes to the same output");
    }

    @Test
    void aFullDiskHoldsTheRunWithItsReasonUntilThereIsSpace() {
        TestRuns runs = new TestRuns(folder, Long.MAX_VALUE).withNode(TestRuns.NODE, 1);
        RunId run = runs.queued();

        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.reason(run)).startsWith("waiting for disk space: " + folder);
        runs.held.release();
        assertThat(runs.reason(run)).startsWith("waiting for disk space");
        runs.with(run, "hold_bytes", 1L);
        runs.held.release();
        assertThat(runs.reason(run)).isEqualTo("waiting for a device");
    }

    @Test
    void aQueueThatNobodyServesSaysSo() {
        TestRuns runs = new TestRuns(folder);

        assertThat(runs.reason(runs.queued())).isEqualTo("held: no server node takes runs");
    }

    private static RunId claim(TestRuns runs) {
        return runs.claimed(TestRuns.NODE).orElseThrow();
    }
}
