package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.sample.Ellipse;
import io.kiln.tomography.sample.SampleScan;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges of rows, columns and projections, and projections that are left out. */
class SelectedPartsTest {
    private static final double ATTENUATION = 0.01;
    private static final int COLUMNS = 160;

    @TempDir
    Path folder;

    private Path scan;

    @BeforeEach
    void writeADiscAroundAnAxisOffTheMiddle() throws IOException {
        scan = folder.resolve("disc.h5");
        SampleScan.disc(180, 8, COLUMNS, 83.25, Ellipse.disc(ATTENUATION, 40, 12, -7))
                .write(scan);
    }

    private PipelineTrial full(String name, String parameters) throws Exception {
        return trial(name, parameters).run();
    }

    private PipelineTrial trial(String name, String parameters) throws IOException {
        return new PipelineTrial(
                new TomoFullPipeline(),
                scan,
                folder.resolve(name),
                "{\"rotationAxis\": 83.25, \"fbpFilter\": \"shepp\"" + parameters + "}");
    }

    @Test
    void aRangeOfRowsGivesTheSameSlicesUnderTheSameNames() throws Exception {
        PipelineTrial all = full("all", "");
        PipelineTrial some = full("some", ", \"startRow\": 2, \"endRow\": 6");
        assertThat(some.files())
                .containsExactly(
                        "preview.png",
                        "recon.json",
                        "recon_00002.tiff",
                        "recon_00003.tiff",
                        "recon_00004.tiff",
                        "recon_00005.tiff");
        for (String slice : some.files()) {
            if (slice.endsWith(".tiff")) {
                assertThat(some.file(slice)).hasSameBinaryContentAs(all.file(slice));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"20, 150", "21, 150", "27, 143"})
    void aRangeOfColumnsKeepsTheAxisWhereItIsOnTheDetector(int startColumn, int endColumn) throws Exception {
        PipelineTrial cropped = full("cropped", ", \"startColumn\": " + startColumn + ", \"endColumn\": " + endColumn);
        int width = endColumn - startColumn;
        float[] slice = Images.slice(cropped.file(""), 2);
        assertThat(slice).hasSize(width * width);
        float[] whole = Images.slice(full("whole", "").file(""), 2);
        assertThat(Images.mean(slice, width, 12, -7, 25))
                .isCloseTo(Images.mean(whole, COLUMNS, 12, -7, 25), within(0.01 * ATTENUATION));
        assertThat(cropped.metadata("recon.json")
                        .getJsonObject("image")
                        .getJsonNumber("columnOfAxisInSinogram")
                        .doubleValue())
                .isEqualTo(83.25 - startColumn);
    }

    @Test
    void aRangeOfProjectionsIsAsIfTheOthersHadNotBeenMeasured() throws Exception {
        PipelineTrial some = full("some", ", \"startProj\": 4, \"endProj\": 170");
        PipelineTrial others = full("others", ", \"blockedViews\": [-1, 3.5, 169.5, 200]");
        assertThat(Images.slice(some.file(""), 2)).isEqualTo(Images.slice(others.file(""), 2));
        assertThat(some.metadata("recon.json").getJsonObject("findings").getInt("usedProjections"))
                .isEqualTo(166);
    }

    @Test
    void deadFramesThatAreNamedAreLeftOutAsBlockedViewsAre() throws Exception {
        PipelineTrial dead = full("dead", ", \"deadFrames\": [30, 31, 32, 90]");
        PipelineTrial blocked = full("blocked", ", \"blockedViews\": [29.5, 32.5, 89.5, 90.5]");
        assertThat(Images.slice(dead.file(""), 2)).isEqualTo(Images.slice(blocked.file(""), 2));
        assertThat(Images.mean(Images.slice(dead.file(""), 2), COLUMNS, 12, -7, 34))
                .isCloseTo(ATTENUATION, within(0.02 * ATTENUATION));
    }

    @Test
    void deadFramesThatTheScanLacksAreRefused() {
        assertThatThrownBy(() -> full("beyond", ", \"deadFrames\": [30, 1810]"))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("deadFrames names [1810], but the scan has projections 0 to");
    }

    @ParameterizedTest
    @CsvSource({"1, 79", "2, 39", "3, 19"})
    void binningOfAnOddWidthLeavesOutTheColumnsThatAreLeftOver(int binning, int width) throws Exception {
        PipelineTrial binned = full("binned", ", \"endColumn\": 159, \"binning\": " + binning);
        int pixels = 1 << binning;
        float[] slice = Images.slice(binned.file(""), 0);
        assertThat(slice).hasSize(width * width);
        assertThat(Images.mean(slice, width, 12.0 / pixels, -7.0 / pixels, 20.0 / pixels))
                .isCloseTo(ATTENUATION * pixels, within(0.03 * ATTENUATION * pixels));
    }

    @Test
    void slicesAreStoredInEightBitsAndInOneFileToo() throws Exception {
        String window = ", \"dtype\": \"uint8\", \"windowMinimum\": 0, \"windowMaximum\": 0.02";
        PipelineTrial tiff = full("tiff", window);
        assertThat(Images.mean(Images.slice(tiff.file(""), 2), COLUMNS, 12, -7, 34))
                .isCloseTo(127.5, within(2.0));
        PipelineTrial hdf5 = full("hdf5", window + ", \"saveFormat\": \"h5\"");
        assertThat(Images.slice(hdf5.file("disc_rec.h5"), 2)).isEqualTo(Images.slice(tiff.file(""), 2));
    }
}
