package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.job.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StrayFoldersTest {
    @TempDir
    private Path folder;

    private TestRuns runs;
    private Identity identity;
    private StrayFolders strays;

    @BeforeEach
    void open() {
        runs = new TestRuns(folder);
        identity = new Identity(runs.sql);
        strays = new StrayFolders(runs.sql, runs.placements, identity);
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void onlyWhatACompletedRunHasLeftIsRemoved(RunState state) throws IOException {
        RunId run = runs.with(runs.queued(), "state", state.name());
        runs.sql.update("update run set ended_at = clock_timestamp() - interval '25 hours'");
        Path work = work(run, identity.get().toString(), Duration.ofDays(9));

        strays.remove();

        assertThat(Files.exists(work)).isEqualTo(!state.hasOutput());
    }

    @Test
    void whatHasOnlyJustEndedIsLeftAlone() throws IOException {
        RunId run = runs.with(runs.queued(), "state", "COMPLETED");
        runs.sql.update("update run set ended_at = clock_timestamp() - interval '23 hours'");
        Path work = work(run, identity.get().toString(), Duration.ofDays(9));

        strays.remove();

        assertThat(work).exists();
    }

    @Test
    void aForgottenRunsFolderIsRemovedOnceNothingHappensInIt() throws IOException {
        runs.queued();
        Path idle = work(RunId.random(), identity.get().toString(), Duration.ofHours(25));
        Path busy = work(RunId.random(), identity.get().toString(), Duration.ofHours(23));

        strays.remove();

        assertThat(idle).doesNotExist();
        assertThat(busy).exists();
    }

    @Test
    void foldersOfAnotherKilnOnTheSameFilesAreLeftAlone() throws IOException {
        runs.queued();
        Path others = work(RunId.random(), UUID.randomUUID().toString(), Duration.ofDays(9));
        Path nobodys = work(RunId.random(), null, Duration.ofDays(9));

        strays.remove();

        assertThat(List.of(others, nobodys)).allMatch(Files::exists);
    }

    @Test
    void anEarlierOutputThatWasAboutToBeReplacedIsNeverRemoved() throws IOException {
        runs.queued();
        RunId forgotten = RunId.random();
        Path work = work(forgotten, identity.get().toString(), Duration.ofDays(9));
        Files.writeString(Files.createDirectories(work.resolve("old")).resolve("recon_00000.tiff"), "earlier");
        age(work, Duration.ofDays(9));

        strays.remove();

        assertThat(work.resolve("old/recon_00000.tiff")).exists();
    }

    private Path work(RunId run, String owner, Duration age) throws IOException {
        Path work = Files.createDirectories(folder.resolve("rec").resolve(".kiln-" + run));
        Files.writeString(Files.createDirectories(work.resolve("work")).resolve("recon_00000.tiff"), "computed");
        if (owner != null) {
            Files.writeString(work.resolve("owner"), owner);
        }
        age(work, age);
        return work;
    }

    private static void age(Path work, Duration age) throws IOException {
        FileTime time = FileTime.from(Instant.now().minus(age));
        try (var tree = Files.walk(work)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                Files.setLastModifiedTime(path, time);
            }
        }
    }
}
