package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.sample.SampleScan;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TomoTryPipelineTest {
    @TempDir
    Path folder;

    private Path scan;

    @BeforeEach
    void makeScan() throws IOException {
        scan = folder.resolve("body.h5");
        SampleScan.body(90, 9, 64, 33).write(scan);
    }

    private PipelineTrial trial(String name, String parameters) throws IOException {
        return new PipelineTrial(new TomoTryPipeline(), scan, folder.resolve(name), parameters);
    }

    @Test
    void everyCentreOfEverySliceIsAFileNamedByBoth() throws Exception {
        PipelineTrial trial = trial(
                        "work",
                        "{\"rotationAxis\": 33, \"centerSearchWidth\": 1.5, \"centerSearchStep\": 0.75, \"nsino\": [1, 0.5]}")
                .run();
        assertThat(trial.files())
                .containsExactly(
                        "preview.png",
                        "recon.json",
                        "recon_slice0004_center31.50.tiff",
                        "recon_slice0004_center32.25.tiff",
                        "recon_slice0004_center33.00.tiff",
                        "recon_slice0004_center33.75.tiff",
                        "recon_slice0008_center31.50.tiff",
                        "recon_slice0008_center32.25.tiff",
                        "recon_slice0008_center33.00.tiff",
                        "recon_slice0008_center33.75.tiff");
    }

    @Test
    void metadataTellOfTheImagesAloneWhateverElseWasRead() throws Exception {
        PipelineTrial trial = trial(
                "work",
                "{\"rotationAxisSearchWidth\": 10, \"centerSearchWidth\": 1, \"centerSearchStep\": 1, \"nsino\": [2, 7]}");
        trial.plan();
        trial.skip(new UnitRange(0, 4)).complete(List.of(new UnitRange(2, 3)));

        JsonObject metadata = trial.metadata("recon.json");
        assertThat(metadata.getJsonObject("image").getInt("firstSlice")).isEqualTo(2);
        assertThat(metadata.getJsonObject("image").getInt("slices")).isEqualTo(2);
        List<JsonObject> images = metadata.getJsonArray("images").getValuesAs(JsonObject.class);
        assertThat(images).extracting(image -> image.getInt("slice")).containsExactly(2, 2, 7, 7);
        assertThat(images)
                .extracting(image -> image.getString("file"))
                .containsExactlyElementsOf(trial.files().stream()
                        .filter(name -> name.endsWith(".tiff"))
                        .toList());
        assertThat(metadata.getJsonArray("skipped").getJsonObject(0).getInt("from"))
                .isEqualTo(2);
    }

    @Test
    void theDefaultRangeHasTwoHundredCentres() throws Exception {
        Path wide = folder.resolve("wide.h5");
        SampleScan.body(90, 1, 128, 64).write(wide);
        PipelineTrial trial =
                new PipelineTrial(new TomoTryPipeline(), wide, folder.resolve("work"), "{\"rotationAxis\": 64}");
        assertThat(trial.plan().units()).isEqualTo(200);
        assertThat(trial.plan().unitName()).isEqualTo("image");
    }

    @Test
    void theRightCentreShowsWhatAFullReconstructionShows() throws Exception {
        PipelineTrial tried = trial(
                        "try",
                        "{\"rotationAxis\": 34, \"centerSearchWidth\": 2, \"centerSearchStep\": 1, \"nsino\": [5]}")
                .run();
        PipelineTrial full =
                new PipelineTrial(new TomoFullPipeline(), scan, folder.resolve("full"), "{\"rotationAxis\": 33}").run();
        float[] ofTry = Images.slice(tried.file(""), 1);
        float[] ofFull = Images.slice(full.file(""), 5);
        // another partner in the pair rounds otherwise
        for (int i = 0; i < ofTry.length; i++) {
            assertThat(Math.abs(ofTry[i] - ofFull[i])).isLessThan(1e-6f);
        }
    }

    @Test
    void bytesDependNeitherOnThreadsNorOnMemoryNorOnLanes() throws Exception {
        String parameters =
                "{\"rotationAxis\": 33, \"centerSearchWidth\": 2, \"centerSearchStep\": 0.8, \"nsino\": [0, 0.5, 1]}";
        PipelineTrial one = trial("one", parameters).run();
        PipelineTrial other = trial("other", parameters).on(3, 4L << 20);
        int units = other.plan().units();
        assertThat(units).isEqualTo(15);
        other.compute(new UnitRange(6, units))
                .compute(new UnitRange(0, 4))
                .compute(new UnitRange(4, 6))
                .complete(List.of());
        for (String file : one.files()) {
            if (file.endsWith(".tiff")) {
                assertThat(other.file(file)).hasSameBinaryContentAs(one.file(file));
            }
        }
    }

    @Test
    void centresAreAroundTheOneThatIsFound() throws Exception {
        SampleScan.body(180, 9, 128, 66.5).write(scan);
        PipelineTrial trial = trial("work", "{\"centerSearchWidth\": 1, \"rotationAxisSearchWidth\": 20}");
        var details = trial.plan().details();
        double found = details.getJsonNumber("rotationAxis").doubleValue();
        assertThat(Math.abs(found - 66.5)).isLessThanOrEqualTo(0.5);
        assertThat(details.getJsonArray("images")
                        .getJsonObject(2)
                        .getJsonNumber("rotationAxis")
                        .doubleValue())
                .isEqualTo(found);
    }
}
