package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.UnitRange;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detectors whose middle rows count nothing, as between two modules. */
class DetectorGapTest {
    @TempDir
    Path folder;

    private PipelineTrial trial(DiscScan scan, String parameters) throws IOException {
        return trial(new TomoFullPipeline(), scan, parameters);
    }

    private PipelineTrial trial(Pipeline pipeline, DiscScan scan, String parameters) throws IOException {
        Path place = Files.createTempDirectory(folder, "trial");
        return new PipelineTrial(pipeline, scan.write(place.resolve("scan.h5")), place.resolve("work"), parameters);
    }

    @Test
    void whatIsAutomaticLooksAtTheNearestRowsThatCount() throws Exception {
        DiscScan scan = DiscScan.of(180, 40, 64, 30.3).withoutLightOn(new UnitRange(13, 28));
        JsonObject details =
                trial(scan, "{\"rotationAxisSearchWidth\": 10}").plan().details();
        assertThat(details.getJsonArray("deadFrames")).isEmpty();
        assertThat(details.getJsonNumber("rotationAxis").doubleValue()).isCloseTo(30.3, within(1.0));
    }

    @Test
    void aSearchThatFindsNoUsablePixelSaysWhatToDo() throws Exception {
        DiscScan scan = DiscScan.of(16, 600, 16, 8).withoutLightOn(new UnitRange(0, 598));
        PipelineTrial trial = trial(scan, "{}");
        assertThatThrownBy(trial::plan)
                .isInstanceOf(InputRejectedException.class)
                .hasMessageStartingWith("no pixel within 256 rows of row 300 can be used to search the centre:"
                        + " set rotationAxisSearchRow");
    }

    @Test
    void slicesWithoutAnyUsablePixelAreNamedByTheNumbersOfTheirFiles() throws Exception {
        DiscScan scan = DiscScan.of(16, 10, 16, 8).withoutLightOn(new UnitRange(3, 6));
        PipelineTrial full = trial(scan, "{\"rotationAxis\": 8, \"startRow\": 2, \"endRow\": 8}")
                .run();
        assertThat(withoutLight(full)).isEqualTo("[{\"from\":3,\"to\":6}]");
        assertThat(full.log).contains("3 slices have no usable pixel and hold NaN, or 0 in integer pixels: 3 to 5");
        assertThat(Images.slice(full.file(""), 1)).containsOnly(Float.NaN);

        PipelineTrial binned =
                trial(scan, "{\"rotationAxis\": 8, \"binning\": 1}").run();
        assertThat(withoutLight(binned)).isEqualTo("[{\"from\":2,\"to\":3}]");

        String places = "{\"rotationAxis\": 8, \"centerSearchWidth\": 1, \"nsino\": [2, 4, 7]}";
        PipelineTrial tries = trial(new TomoTryPipeline(), scan, places).run();
        assertThat(withoutLight(tries)).isEqualTo("[{\"from\":4,\"to\":5}]");
    }

    private static String withoutLight(PipelineTrial trial) throws IOException {
        return trial.metadata("recon.json")
                .getJsonObject("findings")
                .getJsonArray("slicesWithoutLight")
                .toString();
    }

    @Test
    void moreUnusablePixelsThanOthersAreAWarning() throws Exception {
        DiscScan scan = DiscScan.of(16, 10, 16, 8).withoutLightOn(new UnitRange(0, 6));
        PipelineTrial trial = trial(scan, "{\"rotationAxis\": 8}");
        trial.plan();
        assertThat(trial.log).anyMatch(line -> line.startsWith("WARNING: that is more than half of them"));
    }
}
