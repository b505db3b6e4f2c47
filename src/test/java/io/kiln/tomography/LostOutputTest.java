package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.UnitRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody took out of a work folder, as those do who clear scratch disks by age, is not published as if it were there. */
class LostOutputTest {
    private static final String ONE_FILE = "{\"rotationAxis\": 32, \"saveFormat\": \"h5\"}";

    @TempDir
    Path folder;

    private Path scan;

    @BeforeEach
    void writeScan() throws IOException {
        scan = folder.resolve("scan.h5");
        Scans.write(scan, new Scans.Change());
    }

    private PipelineTrial computed(Pipeline pipeline, String parameters) throws IOException, InterruptedException {
        PipelineTrial trial = new PipelineTrial(pipeline, scan, folder.resolve("work"), parameters);
        return trial.compute(new UnitRange(0, trial.plan().units()));
    }

    private static void assertNotCompleted(PipelineTrial trial, String lost) throws IOException {
        assertThatThrownBy(() -> trial.complete(List.of()))
                .isInstanceOf(InputRejectedException.class)
                .hasMessage(
                        trial.file(lost) + " is gone or was cut short, and with it what was computed: queue a new run");
        assertThat(trial.files()).doesNotContain("recon.json", "scan_rec.json");
    }

    private static void cutShort(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
    }

    @Test
    void aSliceThatIsGone() throws Exception {
        PipelineTrial trial = computed(new TomoFullPipeline(), "{\"rotationAxis\": 32}");
        Files.delete(trial.file("recon_00001.tiff"));
        assertNotCompleted(trial, "recon_00001.tiff");
    }

    @Test
    void aSliceThatWasCutShort() throws Exception {
        PipelineTrial trial = computed(new TomoFullPipeline(), "{\"rotationAxis\": 32}");
        cutShort(trial.file("recon_00000.tiff"));
        assertNotCompleted(trial, "recon_00000.tiff");
    }

    @Test
    void anImageOfATryThatIsGone() throws Exception {
        PipelineTrial trial = computed(new TomoTryPipeline(), "{\"rotationAxis\": 32, \"centerSearchWidth\": 1}");
        Files.delete(trial.file("recon_slice0001_center31.50.tiff"));
        assertNotCompleted(trial, "recon_slice0001_center31.50.tiff");
    }

    @Test
    void aVolumeThatIsGone() throws Exception {
        PipelineTrial trial = computed(new TomoFullPipeline(), ONE_FILE);
        Files.delete(trial.file("scan_rec.h5"));
        assertNotCompleted(trial, "scan_rec.h5");
    }

    @Test
    void aVolumeThatIsGoneIsNotMadeAnewByALane() throws Exception {
        PipelineTrial trial = computed(new TomoFullPipeline(), ONE_FILE);
        Files.delete(trial.file("scan_rec.h5"));
        assertThatThrownBy(() -> trial.compute(new UnitRange(0, 2)))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining(trial.file("scan_rec.h5") + " is gone");
        assertThat(trial.file("scan_rec.h5")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVolumeThatWasCutShort(boolean isRestarted) throws Exception {
        PipelineTrial trial = computed(new TomoFullPipeline(), ONE_FILE);
        cutShort(trial.file("scan_rec.h5"));
        assertThatThrownBy(() -> {
                    if (isRestarted) {
                        trial.compute(new UnitRange(0, 2));
                    }
                    trial.complete(List.of());
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it was cut short, and what it held is lost; queue a new run");
    }
}
