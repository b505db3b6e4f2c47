package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.access.CurrentRequester;
import io.kiln.event.AuditLog;
import io.kiln.job.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStopsTest {
    @TempDir
    private Path folder;

    @Test
    void aQueuedRunThatIsBetweenTheOldOutputAndTheNewGoesOn() throws IOException {
        TestRuns runs = new TestRuns(folder).withNode(TestRuns.NODE, 2);
        RunId between = runs.queued();
        runs.settle(runs.begun(7));
        Path old = Files.createDirectories(runs.placement(between).workFolder().resolve("old/out"));
        Files.writeString(old.resolve("recon_00000.tiff"), "earlier");
        RunId other = runs.queued();
        RunStops stops = new RunStops(
                runs.sql,
                new RunService(null, null, null),
                runs.transitions,
                new RunRemains(runs.placements, runs.logs),
                new Ownership(runs.sql, new CurrentRequester()),
                runs.logs,
                new AuditLog(runs.sql));

        int stopped = runs.database.inTransaction(() -> stops.stopAll(runs.batch(), "ada"));

        assertThat(stopped).isEqualTo(1);
        assertThat(runs.state(between)).isEqualTo(RunState.QUEUED);
        assertThat(runs.state(other)).isEqualTo(RunState.STOPPED);
    }
}
