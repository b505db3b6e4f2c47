package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's first command does the main job. */
@InLaboratory
class DemoIT {
    private final Laboratory laboratory;

    DemoIT(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    @Test
    void aScanIsReconstructedByOneCommandThatSaysWhereTheSlicesAre() throws Exception {
        ScanFolder scan = laboratory.scan("vorgeführt");

        String printed = laboratory.kiln().launch("demo", scan.scan().toString());

        Path slices = scan.outputs().resolve("scan_rec");
        assertThat(printed)
                .contains("axis of rotation", "Slices: " + slices, "preview: " + slices.resolve("preview.png"));
        assertThat(scan.slices()).hasSize(ScanFolder.SLICES);
        assertThat(scan.outputs().resolve("try_center/scan/preview.png")).isNotEmptyFile();
    }
}
