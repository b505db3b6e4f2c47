package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.Patience;
import io.kiln.integration.SmallDisk;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A disk that fills up holds the runs that write to it, and no others, until there is space. */
@InLaboratory
class FullDiskIT {
    private static final int LITTLE_BYTES = 2 << 20;
    private static final int ENOUGH_MIB = 90;

    private final Laboratory laboratory;

    FullDiskIT(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    @Test
    void aRunWhoseDiskFillsUpWaitsWhileAnotherCompletesAndGoesOnWhenThereIsSpace() throws Exception {
        ScanFolder scan = laboratory.scan("fullDisk");
        try (SmallDisk disk = SmallDisk.mount(scan.outputs(), ENOUGH_MIB)) {
            String run = laboratory.startAndAwaitTheMiddle(scan);
            Path filler = disk.fill(LITTLE_BYTES);

            JsonObject held = laboratory
                    .client()
                    .awaitRun(run, Patience.LIMIT, one -> one.getString("state").equals("QUEUED"));
            assertThat(held.getString("reason")).contains(scan.outputs().toString());

            laboratory.reconstructsAnother("otherDisk");
            assertThat(laboratory.client().get("/api/runs/" + run).getString("state"))
                    .isEqualTo("QUEUED");

            Files.delete(filler);
            assertThat(laboratory.awaitWhole(run, scan).getInt("attempt")).isEqualTo(2);
        }
    }
}
