package io.kiln.tomography.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.hdf5.Fixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTest {
    @ParameterizedTest
    @ValueSource(strings = {"whole", "sinograms", "frames", "frames-be", "chunks-odd", "rows-full-width"})
    void readsSinogramsInEitherOrderOfAxes(String name) throws IOException {
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file(name)))) {
            assertThat(scan.projections()).isEqualTo(12);
            assertThat(scan.rows()).isEqualTo(7);
            assertThat(scan.columns()).isEqualTo(9);
            int[] projections = {0, 1, 5, 11};
            ScanReader reader = scan.reader(new ScanWindow(projections, 2, 8));
            SinogramSlab slab = reader.newSlab(4);
            reader.read(3, 6, slab);
            float[] sinogram = new float[1 + 4 * 6];
            slab.sinogram(4, sinogram, 1);
            for (int p = 0; p < 4; p++) {
                for (int c = 0; c < 6; c++) {
                    assertThat(sinogram[1 + 6 * p + c]).isEqualTo(Fixture.value(projections[p], 4, 2 + c));
                }
            }
            float[] projection = new float[3 * 6];
            slab.projection(2, projection, 0);
            assertThat(projection[6]).isEqualTo(Fixture.value(5, 4, 2));
        }
    }

    @Test
    void averagesFlatsAndDarks() throws IOException {
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("whole")))) {
            double[] mean = new double[2 * 3];
            scan.flats().orElseThrow().mean(4, 6, 2, 5, mean);
            assertThat(mean).containsOnly(100.0);
            scan.flats().orElseThrow().mean(1, 3, 4, 6, 2, 5, mean);
            assertThat(mean).containsOnly(105.0);
            scan.darks().orElseThrow().mean(4, 6, 2, 5, mean);
            assertThat(mean).containsOnly(2.5);
        }
    }

    @Test
    void nothingMoreIsReadOnceItIsAskedToStop() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("whole"))).stoppable(() -> reads.incrementAndGet() > 2)) {
            ReferenceImages flats = scan.flats().orElseThrow();
            assertThat(flats.count()).isGreaterThan(2);
            assertThatThrownBy(() -> flats.mean(4, 6, 2, 5, new double[2 * 3]))
                    .isInstanceOf(CancellationException.class);
            assertThat(reads).hasValue(3);
            ScanReader reader = scan.reader(ScanWindow.all(scan));
            assertThatThrownBy(() -> reader.read(0, 1, reader.newSlab(1))).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void givesAnglesInDegrees() throws IOException {
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("whole")))) {
            double[] angles = scan.anglesDegrees().orElseThrow();
            assertThat(angles).hasSize(12).startsWith(0, 15, 30).endsWith(165);
            assertThat(scan.completeness().isWhole()).isTrue();
        }
    }

    @Test
    void reportsWhatIsMissing() throws IOException {
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("references-missing")))) {
            assertThat(scan.flats()).isEmpty();
            assertThat(scan.darks()).isEmpty();
        }
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("angles-missing")))) {
            assertThat(scan.anglesDegrees()).isEmpty();
            assertThat(scan.completeness().isWhole()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"angles-too-many, 15, false", "angles-too-few, 10, true"})
    void refusesAnotherNumberOfAnglesThanProjections(String name, int angles, boolean whole) throws IOException {
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file(name)))) {
            assertThat(scan.completeness().isWhole()).isEqualTo(whole);
            assertThatThrownBy(scan::anglesDegrees)
                    .isInstanceOf(InputRejectedException.class)
                    .hasMessageContaining("12 projections")
                    .hasMessageContaining(angles + " angles");
        }
    }

    @Test
    void takesFlatsAndDarksFromOtherFiles() throws IOException {
        ScanFiles files = ScanFiles.of(Fixture.file("references-missing"))
                .withFlats(Fixture.file("one-flat"))
                .withDarks(Fixture.file("flats-apart"));
        try (Scan scan = Scan.open(files)) {
            assertThat(scan.flats().orElseThrow().count()).isEqualTo(1);
            double[] mean = new double[63];
            scan.flats().orElseThrow().mean(0, 7, 0, 9, mean);
            assertThat(mean).containsOnly(55.0);
            scan.darks().orElseThrow().mean(0, 7, 0, 9, mean);
            assertThat(mean).containsOnly(77.0);
            assertThat(scan.identities()).hasSize(3).containsEntry(files.flats(), FileIdentity.of(files.flats()));
        }
    }

    @Test
    void refusesAFileForFlatsThatHasNone() throws IOException {
        Path without = Fixture.file("one-flat");
        assertThatThrownBy(() -> Scan.open(ScanFiles.of(Fixture.file("whole")).withDarks(without)))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("has neither /exchange/data_dark nor /exchange/data");
    }

    @Test
    void refusesFlatsOfAnotherSize() {
        assertThatThrownBy(() -> Scan.open(ScanFiles.of(Fixture.file("whole")).withFlats(Fixture.file("small-flats"))))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("2 rows × 2 columns")
                .hasMessageContaining("7 × 9");
    }

    @Test
    void refusesAxesItDoesNotKnow() {
        assertThatThrownBy(() -> Scan.open(ScanFiles.of(Fixture.file("axes-strange"))))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("'x:y:theta'");
    }

    @Test
    void refusesAWindowBeyondTheScan() throws IOException {
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("whole")))) {
            assertThatThrownBy(() -> scan.reader(new ScanWindow(new int[] {0, 12}, 0, 9)))
                    .isInstanceOf(InputRejectedException.class)
                    .hasMessageContaining("0 to 11");
            assertThatThrownBy(() -> scan.reader(new ScanWindow(new int[] {0}, 0, 10)))
                    .isInstanceOf(InputRejectedException.class)
                    .hasMessageContaining("0 to 8");
            assertThatThrownBy(() -> new ScanWindow(new int[0], 0, 9)).isInstanceOf(InputRejectedException.class);
            assertThatThrownBy(() -> new ScanWindow(new int[] {1}, 4, 4)).isInstanceOf(InputRejectedException.class);
        }
    }

    @Test
    void aSlabTakesNoMoreRowsThanItWasMadeFor() throws IOException {
        try (Scan scan = Scan.open(ScanFiles.of(Fixture.file("whole")))) {
            ScanReader reader = scan.reader(ScanWindow.all(scan));
            assertThat(reader.bytesPerRow()).isEqualTo(12 * 9 * 2);
            SinogramSlab slab = reader.newSlab(2);
            assertThatThrownBy(() -> reader.read(0, 3, slab)).isInstanceOf(IllegalArgumentException.class);
            assertThat(Arrays.stream(new int[] {slab.fromRow(), slab.toRow()})).containsOnly(0);
        }
    }
}
