package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.access.CurrentRequester;
import io.kiln.event.AuditLog;
import io.kiln.job.RunId;
import io.kiln.pipeline.InputRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRemovalTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path scratch;

    private TestRuns runs;
    private RunRemoval removal;
    private ForgottenRuns forgotten;

    @BeforeEach
    void open() {
        open(Optional.empty());
    }

    private void open(Optional<Path> scratchFolder) {
        runs = new TestRuns(folder, 0, path -> 0, scratchFolder);
        RunRemains remains = new RunRemains(runs.placements, runs.logs);
        forgotten = new ForgottenRuns(runs.sql, remains);
        removal = new RunRemoval(
                runs.sql, remains, forgotten, new Ownership(runs.sql, new CurrentRequester()), new AuditLog(runs.sql));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void filesGoWhenItIsCertainThatTheirRunIsGone(boolean onScratch) throws IOException {
        open(Optional.of(scratch).filter(path -> onScratch));
        RunId run = runs.with(runs.queued(), "state", "FAILED");
        Path work = work(run);
        Path beside = Files.createDirectories(runs.placement(run).target().resolveSibling(work.getFileName()));
        runs.logs.append(run, "it fails");

        delete(run);
        assertThat(work).exists();
        assertThat(runs.logs.file(run)).isPresent();
        forgotten.clear();

        assertThat(List.of(work, beside)).noneMatch(Files::exists);
        assertThat(runs.logs.file(run)).isEmpty();
        assertThat(isNoted()).isFalse();
    }

    @Test
    void whatCouldNotBeDeletedIsTriedAgainTheNextDay() throws IOException {
        RunId run = runs.with(runs.queued(), "state", "FAILED");
        Path work = work(run);
        delete(run);
        Path old = Files.createDirectories(work.resolve("old")).resolve("recon_00000.tiff");
        Files.writeString(old, "earlier");
        forgotten.clear();
        assertThat(old).exists();

        Files.delete(old);
        forgotten.clear();
        assertThat(work).exists();
        runs.sql.update("update forgotten_work_folder set tried_at = tried_at - interval '25 hours'");
        forgotten.clear();

        assertThat(work).doesNotExist();
        assertThat(isNoted()).isFalse();
    }

    @Test
    void aRunThatHoldsTheOutputThatItWasAboutToReplaceStays() throws IOException {
        RunId run = runs.with(runs.queued(), "state", "FAILED");
        Files.writeString(Files.createDirectories(work(run).resolve("old")).resolve("recon_00000.tiff"), "earlier");

        assertThatThrownBy(() -> delete(run))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("about to replace");

        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
        assertThat(isNoted()).isFalse();
    }

    @Test
    void nobodyWaitsForARunThatIsActive() throws SQLException {
        ItemId busy = runs.item();
        ItemId idle = runs.item();
        RunId active = runs.with(runs.queued(busy), "state", "RUNNING");
        runs.queued(idle);
        try (Connection slab = runs.database.dataSource().getConnection();
                PreparedStatement lock = slab.prepareStatement("select 1 from run where id = ? for share")) {
            slab.setAutoCommit(false);
            lock.setObject(1, active.value());
            lock.execute();

            assertThatThrownBy(() -> runs.database.inTransaction(() -> {
                        runs.sql.update("set local lock_timeout = '1s'");
                        removal.giveUp(runs.batch());
                        return null;
                    }))
                    .isInstanceOf(RunStateException.class)
                    .hasMessageContaining(active.toString());
            Map<ItemId, String> stay = runs.database.inTransaction(() -> {
                runs.sql.update("set local lock_timeout = '1s'");
                return removal.giveUp(List.of(busy, idle));
            });

            assertThat(stay).containsOnlyKeys(busy);
            slab.rollback();
        }
    }

    private void delete(RunId run) {
        runs.database.inTransaction(() -> {
            removal.delete(run, "ada");
            return null;
        });
    }

    private Path work(RunId run) throws IOException {
        Path work = runs.placement(run).workFolder();
        Files.writeString(Files.createDirectories(work.resolve("work")).resolve("recon_00000.tiff"), "computed");
        return work;
    }

    private boolean isNoted() {
        return runs.sql.exists("select 1 from forgotten_work_folder");
    }
}
