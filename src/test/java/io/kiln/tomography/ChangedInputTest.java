package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.DeviceId;
import io.kiln.device.cpu.CpuDevice;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan that somebody writes into while it is computed gives no result: half of it would be of the old scan, half of the new one. */
class ChangedInputTest {
    private static final Instant INSPECTED = Instant.parse("2026-11-01T10:00:00Z");
    private static final Instant CHANGED = INSPECTED.plusSeconds(1);

    @TempDir
    Path folder;

    private Path scan;
    private PipelineTrial trial;
    private Plan plan;

    @BeforeEach
    void inspect() throws Exception {
        scan = folder.resolve("scan.h5");
        Scans.write(scan, new Scans.Change());
        modify(INSPECTED);
        trial = new PipelineTrial(new TomoFullPipeline(), scan, folder.resolve("work"), "{\"rotationAxis\": 32}");
        plan = trial.plan();
    }

    private void modify(Instant time) throws IOException {
        Files.setLastModifiedTime(scan, FileTime.from(time));
    }

    private String message() throws IOException {
        String bytes = Files.size(scan) + " bytes of ";
        return scan + " changed while the run computed: when it was inspected it had " + bytes + INSPECTED
                + ", now it has " + bytes + CHANGED + ": queue a new run when nobody writes into it any more";
    }

    @Test
    void aLaneThatOpensAChangedScanRefusesIt() throws Exception {
        modify(CHANGED);
        assertThatThrownBy(trial::slabUnits)
                .isInstanceOf(InputRejectedException.class)
                .hasMessage(message());
    }

    @Test
    void whatWasComputedWhileTheScanChangedIsNotCompleted() throws Exception {
        trial.compute(new UnitRange(0, plan.units()));
        modify(CHANGED);
        assertThatThrownBy(() -> trial.complete(List.of()))
                .isInstanceOf(InputRejectedException.class)
                .hasMessage(message());
        assertThat(trial.files()).doesNotContain("recon.json");
    }

    @Test
    void aScanThatIsElsewhereByNowIsStillTheSame() throws Exception {
        Path moved = Files.move(scan, folder.resolve("moved.h5"));
        CpuDevice device = new CpuDevice(new DeviceId("cpu0"), "processor", 1, 512L << 20, 1);
        try (SlabWork<?> work = new TomoFullPipeline().open(plan, moved, folder.resolve("work"), device)) {
            assertThat(work.slabUnits()).isPositive();
        }
    }
}
