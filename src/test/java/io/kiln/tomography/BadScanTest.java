package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.InvalidParametersException;
import io.kiln.pipeline.Pipeline;
import io.kiln.tomography.sample.SampleScan;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scan or its parameters lack is said with the value and with what to do. */
class BadScanTest {
    private static final String AXIS = "{\"rotationAxis\": 32}";

    @TempDir
    Path folder;

    private Path scan;

    @BeforeEach
    void nameScan() {
        scan = folder.resolve("scan.h5");
    }

    private PipelineTrial trial(Pipeline pipeline, String parameters) throws IOException {
        return new PipelineTrial(pipeline, scan, folder.resolve("work"), parameters);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRejected(String parameters) {
        return assertRejected(new TomoFullPipeline(), parameters);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRejected(Pipeline pipeline, String parameters) {
        return assertThatThrownBy(() -> trial(pipeline, parameters).plan()).isInstanceOf(InputRejectedException.class);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertInvalid(String parameters) {
        return assertThatThrownBy(() ->
                        new PipelineTrial(new TomoFullPipeline(), Path.of("scan.h5"), Path.of("target"), parameters))
                .isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void aFileThatIsNoHdf5() throws Exception {
        Files.writeString(scan, "theta, counts\n0, 17\n");
        assertRejected(AXIS).hasMessageContaining("scan.h5").hasMessageContaining("HDF5");
    }

    @Test
    void aFileThatIsNotThere() {
        assertRejected(AXIS).hasMessageContaining("scan.h5 is no file");
    }

    @Test
    void aFileThatWasCutOff() throws Exception {
        Scans.write(scan, new Scans.Change());
        try (FileChannel file = FileChannel.open(scan, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        assertRejected(AXIS).hasMessageContaining("scan.h5");
    }

    @Test
    void anglesThatWereNeverFilledIn() throws Exception {
        Scans.write(scan, new Scans.Change().range(0));
        assertRejected(AXIS).hasMessageContaining("have the angle 0.0 deg").hasMessageContaining("missingTheta");
    }

    @Test
    void anglesThatLookLikeRadiansAreSaidTo() throws Exception {
        Scans.write(scan, new Scans.Change().range(Math.PI));
        PipelineTrial trial = trial(new TomoFullPipeline(), AXIS).run();
        assertThat(trial.log).anyMatch(line -> line.startsWith("the angles look like radians"));
    }

    @Test
    void anotherScanThatIsNamedForItsDarksAndHasNone() throws Exception {
        Scans.write(scan, new Scans.Change());
        Path other = folder.resolve("other.h5");
        Scans.write(other, new Scans.Change().withoutDarks());
        assertRejected("{\"rotationAxis\": 32, \"darkFile\": \"" + other + "\"}")
                .hasMessageContaining(other + " is a scan without /exchange/data_dark");
    }

    @Test
    void flatsThatAreMissingUnlessTheyMayBe() throws Exception {
        Scans.write(scan, new Scans.Change().withoutFlats());
        assertRejected(AXIS).hasMessageContaining("no flat fields").hasMessageContaining("missingFlats");
        PipelineTrial trial = trial(
                        new TomoFullPipeline(),
                        "{\"rotationAxis\": 32, \"missingFlats\": \"uncorrected\", \"minusLog\": false}")
                .run();
        assertThat(trial.files()).contains("recon_00000.tiff", "recon_00001.tiff");
    }

    @Test
    void darksThatAreMissingUnlessTheyMayBe() throws Exception {
        Scans.write(scan, new Scans.Change().withoutDarks());
        assertRejected(AXIS).hasMessageContaining("no dark fields").hasMessageContaining("missingDarks");
        PipelineTrial trial = trial(
                        new TomoFullPipeline(),
                        "{\"rotationAxis\": 32, \"fbpFilter\": \"shepp\", \"missingDarks\": \"uncorrected\"}")
                .run();
        assertThat(Images.mean(Images.slice(trial.file(""), 0), 64, 0, 0, 12))
                .isCloseTo(Scans.ATTENUATION, within(0.02 * Scans.ATTENUATION));
    }

    @Test
    void anglesThatAreMissingUnlessTheyMayBe() throws Exception {
        Scans.write(scan, new Scans.Change().withoutTheta());
        assertRejected(AXIS).hasMessageContaining("no /exchange/theta").hasMessageContaining("missingTheta");
        PipelineTrial trial = trial(
                new TomoFullPipeline(),
                "{\"rotationAxis\": 32, \"fbpFilter\": \"shepp\", \"missingTheta\": \"equal-spacing\", \"rotationRange\": 178}");
        assertThat(Images.mean(Images.slice(trial.run().file(""), 0), 64, 0, 0, 12))
                .isCloseTo(Scans.ATTENUATION, within(0.02 * Scans.ATTENUATION));
    }

    @Test
    void fewerOrMoreAnglesThanProjections() throws Exception {
        Scans.write(scan, new Scans.Change().angles(95));
        assertRejected(AXIS)
                .hasMessageContaining("90 projections")
                .hasMessageContaining("95 angles")
                .hasMessageContaining("set endProj to 90 or less");
        assertThat(trial(new TomoFullPipeline(), "{\"rotationAxis\": 32, \"endProj\": 80}")
                        .plan()
                        .units())
                .isEqualTo(2);
        Scans.write(scan, new Scans.Change().angles(70));
        assertRejected(AXIS).hasMessageContaining("70 angles").hasMessageContaining("set endProj to 70 or less");
        assertRejected("{\"rotationAxis\": 32, \"endProj\": 80}").hasMessageContaining("70 angles");
    }

    @ParameterizedTest
    @ValueSource(floats = {0, Float.NaN, -3})
    void flatsWithoutLight(float flat) throws Exception {
        Scans.write(scan, new Scans.Change().flat(flat));
        assertRejected(AXIS)
                .hasMessageContaining("no pixel of /exchange/data_white")
                .hasMessageContaining(Float.isNaN(flat) ? "NaN" : "no flat is brighter than its dark");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"startRow\": 2', 'rows 2 to 1 are selected, but the detector has 0 to 1'",
        "'\"endRow\": 5', 'rows 0 to 4 are selected, but the detector has 0 to 1'",
        "'\"startColumn\": 70', 'columns 70 to 63 are selected, but the detector has 0 to 63'",
        "'\"startProj\": 90', 'projections 90 to 89 are selected, but the scan has 0 to 89'",
        "'\"endProj\": 91', 'projections 0 to 90 are selected, but the scan has 0 to 89'",
        "'\"binning\": 2', '2 rows are selected, but at least 4 are needed with this binning'",
        "'\"blockedViews\": [0, 180]', 'no projection is left'",
        "'\"previewSlice\": 2', 'previewSlice is 2, but the slices are 0 to 1'"
    })
    void rangesThatSelectNothingOrTooMuch(String range, String message) throws Exception {
        Scans.write(scan, new Scans.Change());
        assertRejected("{\"rotationAxis\": 32, " + range + "}").hasMessageContaining(message);
    }

    @Test
    void aCentreOutsideTheDetectorOrTheSelectedColumns() throws Exception {
        Scans.write(scan, new Scans.Change());
        assertRejected("{\"rotationAxis\": 64}").hasMessageContaining("rotationAxis is 64.0, but columns 0 to 63");
        assertRejected("{\"rotationAxis\": 32, \"startColumn\": 40}").hasMessageContaining("columns 40 to 63");
    }

    @Test
    void searchesThatReachBeyondTheDetectorEndThere() throws Exception {
        Scans.write(scan, new Scans.Change());
        PipelineTrial tried = trial(new TomoTryPipeline(), AXIS);
        List<Double> centers = tried.plan().details().getJsonArray("images").getValuesAs(JsonObject.class).stream()
                .map(image -> image.getJsonNumber("rotationAxis").doubleValue())
                .toList();
        assertThat(centers).startsWith(0.0).endsWith(63.0).isSorted();
        assertThat(tried.log)
                .contains("the try's centres go from 0.00 to 63.00: as far as the selected columns 0 to 63 do");

        assertThat(trial(new TomoFullPipeline(), "{}")
                        .plan()
                        .details()
                        .getJsonNumber("rotationAxis")
                        .doubleValue())
                .isCloseTo(Scans.CENTER, within(0.5));

        assertRejected(new TomoTryPipeline(), "{\"rotationAxis\": 32, \"centerSearchStep\": 200}")
                .hasMessageContaining(
                        "none of the try's centres from -18.00 in steps of 200.0 is within columns 0 to 63");
    }

    @Test
    void aTryOfARowThatIsNotSelected() throws Exception {
        Scans.write(scan, new Scans.Change());
        assertRejected(new TomoTryPipeline(), "{\"rotationAxis\": 32, \"centerSearchWidth\": 2, \"nsino\": [7]}")
                .hasMessageContaining("nsino has row 7, but rows 0 to 1 are selected");
    }

    @Test
    void aTryOfMoreImagesThanAnybodyLooksAt() throws Exception {
        DiscScan.of(16, 40, 64, 32).write(scan);
        String rows = IntStream.range(2, 40).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        assertRejected(
                        new TomoTryPipeline(),
                        "{\"rotationAxis\": 32, \"centerSearchStep\": 0.01, \"nsino\": [" + rows + "]}")
                .hasMessageStartingWith(
                        "a try of 38 slices at 6301 centres makes 239438 images, but 100000 are the most");
    }

    @Test
    void lessThanHalfATurnForAnAutomaticCentre() throws Exception {
        Scans.write(scan, new Scans.Change().range(120));
        assertRejected("{\"rotationAxisSearchWidth\": 10}")
                .hasMessageContaining("half a turn is needed; give rotationAxis");
    }

    @Test
    void aLinearFlatOfOneImage() throws Exception {
        Scans.write(scan, new Scans.Change().flats(1));
        assertRejected("{\"rotationAxis\": 32, \"flatLinear\": true}")
                .hasMessageContaining("flatLinear needs flats from before and after the scan")
                .hasMessageContaining("has 1");
    }

    @Test
    void aFlatFileOfAnotherDetectorRegion() throws Exception {
        Scans.write(scan, new Scans.Change().withoutFlats());
        SampleScan.body(90, 4, 32, 16).write(folder.resolve("flats.h5"));
        assertRejected("{\"rotationAxis\": 32, \"flatFile\": \"flats.h5\"}").hasMessageContaining("flats.h5");
    }

    @Test
    void tooLittleMemory() throws Exception {
        Scans.write(scan, new Scans.Change());
        String advice = "MiB: raise the server's memory, divide it among fewer devices, or bin or crop the scan";
        PipelineTrial full = trial(new TomoFullPipeline(), AXIS).on(1, 1 << 16);
        assertThatThrownBy(full::plan)
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining(advice);
        PipelineTrial tries = trial(new TomoTryPipeline(), "{\"rotationAxis\": 32, \"centerSearchWidth\": 2}")
                .on(1, 1 << 16);
        assertThatThrownBy(tries::plan)
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining(advice);
        assertThat(folder.resolve("work")).isEmptyDirectory();
        full.on(1, 512L << 20).plan();
        assertThatThrownBy(full.on(1, 1 << 16)::slabUnits)
                .describedAs("a restart on a smaller device")
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining(advice);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"rotationAxisAuto\": \"manual\"}', 'rotationAxis is missing'",
        "'{\"rotationAxisAuto\": \"auto\", \"rotationAxis\": 5}', 'leave out one of them'",
        "'{\"startRow\": 5, \"endRow\": 5}', 'endRow 5 is not above startRow 5'",
        "'{\"dtype\": \"uint8\"}', 'dtype needs windowMinimum and windowMaximum'",
        "'{\"dtype\": \"uint8\", \"windowMinimum\": 2, \"windowMaximum\": 1}', 'windowMinimum 2.0 is not below'",
        "'{\"blockedViews\": [1]}', 'pairs'",
        "'{\"blockedViews\": [9, 3]}', 'a range must rise'",
        "'{\"nsino\": []}', 'at least one slice'",
        "'{\"nsino\": [1.5]}', 'whole numbers of rows'",
        "'{\"rotationRange\": 0}', 'the angles must differ'",
        "'{\"binning\": 4}', 'from 0 to 3'",
        "'{\"rotationAxes\": 4}', 'unknown parameter'",
        "'{\"fbpFilter\": \"none\"}', 'one of ramp, shepp'"
    })
    void parametersThatDoNotGoTogether(String parameters, String message) {
        assertInvalid(parameters).hasMessageContaining(message);
    }
}
