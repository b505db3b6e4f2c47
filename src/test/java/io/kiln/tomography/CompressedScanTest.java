package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.UnitRange;
import io.kiln.volume.hdf5.Fixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a scan is stored, its slices are the same to the byte. The scans of the fixtures differ in nothing but that. */
class CompressedScanTest {
    private static final String PARAMETERS = "{\"rotationAxis\": 21.5, \"fbpFilter\": \"shepp\", \"deadFrames\": [7]}";
    private static final int SLICES = 6;

    @TempDir
    Path folder;

    private PipelineTrial trial(Path scan, String name, String parameters) throws IOException {
        return new PipelineTrial(new TomoFullPipeline(), scan, folder.resolve(name), parameters);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "gzip", "gzip-blocks", "lzf", "lz4", "bitshuffle-lz4"})
    void slicesAreThoseOfTheScanThatIsNotCompressed(String storage) throws Exception {
        PipelineTrial plain =
                trial(Fixture.file("phantom-contiguous"), "plain", PARAMETERS).run();
        PipelineTrial stored = trial(Fixture.file("phantom-" + storage), "stored", PARAMETERS);
        stored.plan();
        // lanes that open it one after the other, as after a restart
        stored.compute(new UnitRange(4, SLICES)).compute(new UnitRange(0, 4)).complete(List.of());

        assertSameSlices(stored, plain);
        assertThat(stored.files()).describedAs("nothing decompressed is left").isEqualTo(plain.files());
        assertThat(Images.mean(Images.slice(plain.file(""), 0), 40, -3, 3, 6)).isCloseTo(0.02, within(0.002));
    }

    @ParameterizedTest
    @CsvSource({"contiguous, gzip", "lzf, contiguous", "gzip, bitshuffle-lz4"})
    void flatsAndDarksInFilesOfTheirOwnAreThoseOfTheScan(String storage, String references) throws Exception {
        PipelineTrial plain =
                trial(Fixture.file("phantom-contiguous"), "plain", PARAMETERS).run();
        Path file = Fixture.file("phantom-" + references);
        String apart =
                PARAMETERS.replace("}", String.format(", \"flatFile\": \"%s\", \"darkFile\": \"%s\"}", file, file));
        PipelineTrial trial =
                trial(Fixture.file("phantom-" + storage), "apart", apart).run();

        assertSameSlices(trial, plain);
        assertThat(trial.metadata("recon.json").getJsonObject("findings").getJsonObject("files"))
                .containsOnlyKeys(Fixture.file("phantom-" + storage).toString(), file.toString());
    }

    @Test
    void theCentreOfACompressedScanIsThatOfThePlainOne() throws Exception {
        String search = "{\"rotationAxisSearchWidth\": 8}";
        double plain = center(trial(Fixture.file("phantom-contiguous"), "plain", search));
        assertThat(center(trial(Fixture.file("phantom-gzip"), "stored", search)))
                .isEqualTo(plain);
        assertThat(plain).isCloseTo(21.5, within(0.5));
    }

    private static double center(PipelineTrial trial) throws Exception {
        return trial.plan().details().getJsonNumber("rotationAxis").doubleValue();
    }

    @ParameterizedTest
    @CsvSource({"phantom-bzip2, bzip2, 307", "blosc, blosc, 32001", "zstd, zstd, 32015"})
    void aFilterThatIsNotReadIsNamedBeforeAnythingIsWritten(String storage, String filter, int id) throws Exception {
        PipelineTrial trial = trial(Fixture.file(storage), "work", PARAMETERS);
        assertThatThrownBy(trial::plan)
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("/exchange/data of " + Fixture.file(storage) + " is compressed with " + filter
                        + " (HDF5 filter " + id + ")")
                .hasMessageContaining("h5repack");
        assertThat(trial.files()).isEmpty();
    }

    private static void assertSameSlices(PipelineTrial one, PipelineTrial other) {
        for (int slice = 0; slice < SLICES; slice++) {
            String name = String.format("recon_%05d.tiff", slice);
            assertThat(one.file(name)).hasSameBinaryContentAs(other.file(name));
        }
    }
}
