package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kiln.numeric.WithVectorUnit;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.sample.Ellipse;
import io.kiln.tomography.sample.SampleScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where attenuation is measured the filter is Shepp's: Parzen's spreads a little of each pixel far, which takes some hundredths from a disc this small. */
@WithVectorUnit
class TomoFullPipelineTest {
    private static final double ATTENUATION = 0.01;

    @TempDir
    Path folder;

    private PipelineTrial trial(Path scan, String name, String parameters) throws IOException {
        return new PipelineTrial(new TomoFullPipeline(), scan, folder.resolve(name), parameters);
    }

    private Path disc(int columns, double center) throws IOException {
        Path scan = folder.resolve("disc.h5");
        SampleScan.disc(200, 3, columns, center, Ellipse.disc(ATTENUATION, 40, 12, -7))
                .write(scan);
        return scan;
    }

    @ParameterizedTest
    @CsvSource({"fourierrec, 160, 83.25", "fourierrec, 161, 80", "linerec, 160, 83.25", "linerec, 161, 80"})
    void aDiscOfAttenuationComesBackAsItsAttenuation(String algorithm, int columns, double center) throws Exception {
        String parameters = String.format(
                "{\"rotationAxis\": %s, \"fbpFilter\": \"shepp\", \"reconstructionAlgorithm\": \"%s\"}",
                Double.toString(center), algorithm);
        PipelineTrial trial = trial(disc(columns, center), "work", parameters).run();
        float[] slice = Images.slice(trial.file(""), 1);
        assertThat(Images.mean(slice, columns, 12, -7, 34)).isCloseTo(ATTENUATION, within(0.01 * ATTENUATION));
        assertThat(Images.mean(slice, columns, -45, 30, 10)).isCloseTo(0, within(0.01 * ATTENUATION));
    }

    @Test
    void amplitudeOfTomocupyIsFourOverPiTimesTheAttenuation() throws Exception {
        PipelineTrial trial = trial(
                        disc(160, 80),
                        "work",
                        "{\"rotationAxis\": 80, \"fbpFilter\": \"shepp\", \"amplitude\": \"tomocupy\"}")
                .run();
        assertThat(Images.mean(Images.slice(trial.file(""), 1), 160, 12, -7, 34))
                .isCloseTo(ATTENUATION * 4 / Math.PI, within(0.02 * ATTENUATION));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void binningKeepsTheAttenuationPerPixelOfTheSliceAndTheAxisInItsMiddle(int binning) throws Exception {
        Path scan = folder.resolve("disc.h5");
        SampleScan.disc(200, 32, 256, 131.5, Ellipse.disc(ATTENUATION, 60, 20, -12))
                .write(scan);
        PipelineTrial trial = trial(
                        scan,
                        "work",
                        "{\"rotationAxis\": 131.5, \"fbpFilter\": \"shepp\", \"binning\": " + binning + "}")
                .run();
        int pixels = 1 << binning;
        int width = 256 / pixels;
        float[] slice = Images.slice(trial.file(""), 16 / pixels);
        assertThat(Images.mean(slice, width, 20.0 / pixels, -12.0 / pixels, 50.0 / pixels))
                .isCloseTo(ATTENUATION * pixels, within(0.02 * ATTENUATION * pixels));
        double right = Images.mean(slice, width, (20.0 + 60) / pixels, -12.0 / pixels, 2);
        double left = Images.mean(slice, width, (20.0 - 60) / pixels, -12.0 / pixels, 2);
        assertThat(right).isCloseTo(left, within(0.2 * ATTENUATION * pixels));
    }

    @Test
    void filesAreNamedByTheAbsoluteNumberOfTheSliceWithMetadataAndPreviewBeside() throws Exception {
        Path scan = folder.resolve("body.h5");
        SampleScan.body(90, 10, 64, 33).write(scan);
        PipelineTrial trial = trial(scan, "work", "{\"rotationAxis\": 33, \"startRow\": 4, \"endRow\": 7}")
                .run();
        assertThat(trial.files())
                .containsExactly(
                        "preview.png", "recon.json", "recon_00004.tiff", "recon_00005.tiff", "recon_00006.tiff");
        var metadata = trial.metadata("recon.json");
        assertThat(metadata.getJsonObject("run").getString("id")).isEqualTo(PipelineTrial.RUN);
        assertThat(metadata.getJsonNumber("rotationAxis").doubleValue()).isEqualTo(33);
        var parameters = metadata.getJsonObject("parameters");
        assertThat(parameters.getString("fbpFilter")).isEqualTo("parzen");
        assertThat(parameters.getString("rotationAxisAuto")).isEqualTo("manual");
        assertThat(parameters.getInt("padding")).isEqualTo(32);
        assertThat(parameters.getInt("endRow")).isEqualTo(7);
        assertThat(parameters.getInt("endColumn")).isEqualTo(64);
        assertThat(parameters.getInt("endProj")).isEqualTo(90);
        assertThat(parameters.getInt("previewSlice")).isEqualTo(5);
        assertThat(metadata.getJsonObject("findings").getJsonObject("files")).containsKey(scan.toString());
        assertThat(metadata.getBoolean("incomplete")).isFalse();
    }

    @Test
    void oneHdf5FileHoldsTheSameNumbersAsTheTiffFiles() throws Exception {
        Path scan = folder.resolve("body.h5");
        SampleScan.body(90, 5, 64, 33).write(scan);
        PipelineTrial tiff = trial(scan, "tiff", "{\"rotationAxis\": 33}").run();
        PipelineTrial hdf5 = trial(scan, "hdf5", "{\"rotationAxis\": 33, \"saveFormat\": \"h5\"}")
                .run();
        assertThat(hdf5.files()).containsExactly("body_rec.h5", "body_rec.json", "body_rec.png");
        for (int slice = 0; slice < 5; slice++) {
            assertThat(Images.slice(hdf5.file("body_rec.h5"), slice)).isEqualTo(Images.slice(tiff.file(""), slice));
        }
    }

    @Test
    void anHdf5FileIsCalledWhatItsOutputIsCalledInTheEnd() throws Exception {
        Path scan = folder.resolve("body.h5");
        SampleScan.body(90, 5, 64, 33).write(scan);
        PipelineTrial trial = trial(scan, "hdf5", "{\"rotationAxis\": 33, \"saveFormat\": \"h5\"}");
        OutputName second = new OutputName("body_rec_2.h5", OutputName.Form.FILE);
        trial.plan();
        trial.compute(new UnitRange(0, 5)).complete(List.of(), second).complete(List.of(), second);
        assertThat(trial.files()).containsExactly("body_rec_2.h5", "body_rec_2.json", "body_rec_2.png");
    }

    @Test
    void integerPixelsSpanTheGivenWindow() throws Exception {
        PipelineTrial trial = trial(
                        disc(160, 80),
                        "work",
                        "{\"rotationAxis\": 80, \"fbpFilter\": \"shepp\", \"dtype\": \"uint16\", \"windowMinimum\": 0, \"windowMaximum\": 0.02}")
                .run();
        assertThat(Images.mean(Images.slice(trial.file(""), 1), 160, 12, -7, 34))
                .isCloseTo(32768, within(400.0));
    }

    @Test
    void bytesDependNeitherOnThreadsNorOnMemoryNorOnLanes() throws Exception {
        Path scan = folder.resolve("body.h5");
        SampleScan.body(90, 13, 64, 33).write(scan);
        PipelineTrial one = trial(scan, "one", "{\"rotationAxis\": 33}").run();
        PipelineTrial small = trial(scan, "small", "{\"rotationAxis\": 33}").on(3, 3L << 20);
        small.plan();
        assertThat(small.slabUnits()).isLessThan(13);
        small.compute(new UnitRange(8, 13)).compute(new UnitRange(0, 2)).compute(new UnitRange(2, 8));
        // a restart computes some of it again
        small.compute(new UnitRange(6, 10)).complete(List.of());
        PipelineTrial single =
                trial(scan, "single", "{\"rotationAxis\": 33}").on(1, 1L << 30).run();
        for (String file : one.files()) {
            if (file.endsWith(".tiff")) {
                assertThat(small.file(file)).hasSameBinaryContentAs(one.file(file));
                assertThat(single.file(file)).hasSameBinaryContentAs(one.file(file));
            }
        }
    }

    @Test
    void binnedSlicesAreTheSameWhereTheirCountsDoNotFit() throws Exception {
        int projections = 360;
        int columns = 64;
        Path scan = DiscScan.of(projections, 48, columns, 33).write(folder.resolve("discs.h5"));
        String parameters = "{\"rotationAxis\": 33, \"binning\": 3}";
        PipelineTrial roomy = trial(scan, "roomy", parameters).run();
        long countsOfAPair = 2L * 8 * projections * columns * Short.BYTES;
        PipelineTrial tight =
                trial(scan, "tight", parameters).on(1, countsOfAPair * 9 / 10).run();
        for (String file : roomy.files()) {
            if (file.endsWith(".tiff")) {
                assertThat(tight.file(file)).hasSameBinaryContentAs(roomy.file(file));
            }
        }
    }

    @Test
    void skippedSlicesHoldNothingAndTheMetadataSayWhich() throws Exception {
        Path scan = folder.resolve("body.h5");
        SampleScan.body(90, 6, 64, 33).write(scan);
        PipelineTrial trial = trial(scan, "work", "{\"rotationAxis\": 33, \"startRow\": 1}");
        trial.plan();
        trial.compute(new UnitRange(0, 4)).skip(new UnitRange(4, 5)).complete(List.of(new UnitRange(4, 5)));
        assertThat(Images.slice(trial.file(""), 4)).containsOnly(Float.NaN);
        var metadata = trial.metadata("recon.json");
        assertThat(metadata.getBoolean("incomplete")).isTrue();
        var skipped = metadata.getJsonArray("skipped").getJsonObject(0);
        assertThat(skipped.getInt("from")).isEqualTo(5);
        assertThat(skipped.getInt("to")).isEqualTo(6);
        assertThat(trial.files()).contains("recon_00005.tiff").doesNotContain("recon_00000.tiff");
    }

    @Test
    void theCentreIsFoundWithHighConfidence() throws Exception {
        Path scan = folder.resolve("body.h5");
        SampleScan.body(180, 8, 160, 86.5).write(scan);
        PipelineTrial trial = trial(scan, "work", "{\"rotationAxisSearchWidth\": 20}");
        var details = trial.plan().details();
        assertThat(details.getJsonNumber("rotationAxis").doubleValue()).isCloseTo(86.5, within(0.5));
        assertThat(details.getJsonObject("findings")
                        .getJsonObject("rotationAxisSearch")
                        .getString("confidence"))
                .isEqualTo("high");
        assertThat(trial.log).anyMatch(line -> line.contains("confidence high"));
    }

    @Test
    void completingTwiceIsTheSameAsOnce() throws Exception {
        Path scan = folder.resolve("body.h5");
        SampleScan.body(90, 2, 64, 33).write(scan);
        PipelineTrial trial = trial(scan, "work", "{\"rotationAxis\": 33}").run();
        byte[] metadata = Files.readAllBytes(trial.file("recon.json"));
        trial.complete(List.of());
        assertThat(trial.file("recon.json")).hasBinaryContent(metadata);
    }

    @Test
    void zingersAreRemoved() throws Exception {
        Path scan = folder.resolve("body.h5");
        SampleScan clean = SampleScan.disc(120, 1, 96, 48, Ellipse.disc(ATTENUATION, 30, 0, 0));
        clean.withZingers(6).write(scan);
        PipelineTrial left = trial(scan, "left", "{\"rotationAxis\": 48, \"fbpFilter\": \"shepp\"}")
                .run();
        PipelineTrial removed = trial(
                        scan,
                        "removed",
                        "{\"rotationAxis\": 48, \"fbpFilter\": \"shepp\", \"dezinger\": 3, \"dezingerThreshold\": 8000}")
                .run();
        assertThat(spread(Images.slice(removed.file(""), 0))).isLessThan(0.3 * spread(Images.slice(left.file(""), 0)));
    }

    /** Root of the mean square of what differs from the attenuation in the disc's inner part. */
    private static double spread(float[] slice) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < slice.length; i++) {
            double x = i % 96 - 48.0;
            double y = 48.0 - i / 96;
            if (x * x + y * y < 24 * 24) {
                sum += (slice[i] - ATTENUATION) * (slice[i] - ATTENUATION);
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    @Test
    void deadFramesAreFoundAndLeftOut() throws Exception {
        Path scan = folder.resolve("dead.h5");
        Scans.write(scan, new Scans.Change().deadFrames(17, 60));
        PipelineTrial trial = trial(scan, "work", "{\"rotationAxis\": 32, \"fbpFilter\": \"shepp\"}");
        var details = trial.plan().details();
        assertThat(details.getJsonArray("deadFrames").stream().map(Object::toString))
                .containsExactly("17", "60");
        assertThat(trial.log).anyMatch(line -> line.contains("[17, 60]"));
        trial.compute(new UnitRange(0, 2)).complete(List.of());
        assertThat(Images.mean(Images.slice(trial.file(""), 0), 64, 0, 0, 12))
                .isCloseTo(Scans.ATTENUATION, within(0.02 * Scans.ATTENUATION));
    }

    @Test
    void withoutTheLogarithmOnlyFramesWithoutNumbersAreLeftOut() throws Exception {
        Path scan = folder.resolve("lost.h5");
        Scans.write(scan, new Scans.Change().deadFrames(17).lostFrames(60));
        PipelineTrial trial = trial(scan, "work", "{\"rotationAxis\": 32, \"minusLog\": false}");
        assertThat(trial.plan().details().getJsonArray("deadFrames").stream().map(Object::toString))
                .containsExactly("60");
    }

    @Test
    void deadPixelsAreFilledFromTheirNeighboursAndReported() throws Exception {
        Path scan = folder.resolve("pixels.h5");
        Scans.write(scan, new Scans.Change().deadPixels(20, 41));
        PipelineTrial trial = trial(scan, "work", "{\"rotationAxis\": 32, \"fbpFilter\": \"shepp\"}")
                .run();
        assertThat(trial.log).anyMatch(line -> line.startsWith("4 of 128 pixels are dead"));
        float[] slice = Images.slice(trial.file(""), 0);
        assertThat(Images.mean(slice, 64, 0, 0, 12)).isCloseTo(Scans.ATTENUATION, within(0.02 * Scans.ATTENUATION));
        assertThat(Arrays.equals(slice, new float[slice.length])).isFalse();
    }
}
