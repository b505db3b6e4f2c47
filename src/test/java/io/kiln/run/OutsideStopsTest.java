package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose stop it was, by what becomes of the nodes afterwards. */
class OutsideStopsTest {
    private static final Claimant OTHER = new Claimant("node-b", UUID.randomUUID());

    @TempDir
    private Path folder;

    private TestRuns runs;
    private NodeService nodes;
    private RunId run;

    @BeforeEach
    void stopTheExecutionOfARun() {
        runs = new TestRuns(folder).withNode(TestRuns.NODE, 1).withNode(OTHER, 1);
        nodes = new NodeService(runs.sql, runs.leases, new EventFeed(runs.sql), new AuditLog(runs.sql));
        run = runs.queued();
        Attempt attempt = runs.begun(1);
        runs.end.ended(attempt, 1, false);
        assertThat(runs.state(run)).isEqualTo(RunState.QUEUED);
        assertThat(runs.claimed(TestRuns.NODE)).isEmpty();
    }

    private void beats(Claimant claimant) {
        runs.outsideStops.release(claimant);
        runs.outsideStops.settle(claimant);
    }

    private void timeGoesBy() {
        runs.sql.update("update run set stopped_outside = stopped_outside - interval '31 seconds'");
    }

    @Test
    void anAdministratorsIsMeant() {
        beats(TestRuns.NODE);
        assertThat(runs.state(run)).as("not clear yet").isEqualTo(RunState.QUEUED);
        timeGoesBy();
        beats(TestRuns.NODE);

        assertThat(runs.state(run)).isEqualTo(RunState.STOPPED);
    }

    @Test
    void ofOneWhoseServerWentDownTheRunGoesOn() {
        timeGoesBy();
        Claimant reborn = new Claimant(TestRuns.NODE.node(), UUID.randomUUID());
        runs.sql.update("update node set boot = ? where name = ?", reborn.boot(), reborn.node());
        beats(reborn);

        assertThat(runs.claimed(reborn)).contains(run);
    }

    @Test
    void ofOneThatAnotherServerAskedForAsItWentDownTheRunGoesOn() {
        nodes.goDown(OTHER);
        timeGoesBy();
        beats(TestRuns.NODE);

        assertThat(runs.claimed(TestRuns.NODE)).contains(run);
    }

    @Test
    void aServerThatWentDownLongAgoHasNothingToDoWithIt() {
        nodes.goDown(OTHER);
        runs.sql.update("update node set goes_down_at = goes_down_at - interval '11 minutes'");
        timeGoesBy();
        beats(TestRuns.NODE);

        assertThat(runs.state(run)).isEqualTo(RunState.STOPPED);
    }

    @Test
    void aProcessWhoseNameAnotherHasTakenDrainsNobody() {
        nodes.goDown(new Claimant(OTHER.node(), UUID.randomUUID()));

        assertThat(nodes.takesRuns(OTHER)).isTrue();
        nodes.goDown(OTHER);
        assertThat(nodes.takesRuns(OTHER)).isFalse();
    }
}
