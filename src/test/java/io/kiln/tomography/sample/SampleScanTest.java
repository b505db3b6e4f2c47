package io.kiln.tomography.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanFiles;
import io.kiln.volume.ElementType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleScanTest {
    @TempDir
    Path folder;

    @Test
    void itIsAWholeScanInTheDataExchangeLayout() throws Exception {
        Path file = folder.resolve("sample.h5");
        SampleScan.demonstration().write(file);
        try (Scan scan = Scan.open(ScanFiles.of(file))) {
            assertThat(scan.projections()).isEqualTo(360);
            assertThat(scan.rows()).isEqualTo(64);
            assertThat(scan.columns()).isEqualTo(384);
            assertThat(scan.type()).isEqualTo(ElementType.UINT16);
            assertThat(scan.flats().orElseThrow().count()).isEqualTo(SampleScan.REFERENCES);
            assertThat(scan.darks().orElseThrow().count()).isEqualTo(SampleScan.REFERENCES);
            assertThat(scan.anglesDegrees().orElseThrow()).startsWith(0, 0.5).endsWith(179.5);
            double[] dark = new double[384];
            scan.darks().orElseThrow().mean(30, 31, 0, 384, dark);
            assertThat(dark[100]).isCloseTo(SampleScan.DARK, within(20.0));
        }
    }

    @Test
    void theSameSampleHasTheSameBytes() throws Exception {
        SampleScan sample = SampleScan.body(20, 3, 32, 16);
        sample.write(folder.resolve("one.h5"));
        sample.write(folder.resolve("other.h5"));
        assertThat(folder.resolve("one.h5")).hasSameBinaryContentAs(folder.resolve("other.h5"));
    }

    @Test
    void rowsThatAreNotWrittenAreZero() throws Exception {
        Path file = folder.resolve("sample.h5");
        SampleScan.body(20, 1000, 32, 16).write(file, 500, 502);
        assertThat(Files.size(file)).isGreaterThan(20 * 1000 * 32 * 2);
        try (Scan scan = Scan.open(ScanFiles.of(file))) {
            double[] flat = new double[4 * 32];
            scan.flats().orElseThrow().mean(499, 503, 0, 32, flat);
            assertThat(flat[5]).isZero();
            assertThat(flat[32 + 5]).isGreaterThan(10_000);
            assertThat(flat[64 + 5]).isGreaterThan(10_000);
            assertThat(flat[96 + 5]).isZero();
        }
    }

    @Test
    void aDiscIsSeenAsItsChordsFromEverySide() {
        // chords are taken at the middle of a column, so their sum misses the area by little
        Ellipse disc = Ellipse.disc(0.5, 10, 6, 8);
        for (double degrees : new double[] {0, 53.13010235415598, 90, 180}) {
            double[] line = new double[101];
            disc.project(degrees, 50, line);
            double middle = 50 + 6 * Math.cos(Math.toRadians(degrees)) + 8 * Math.sin(Math.toRadians(degrees));
            assertThat(line[(int) Math.rint(middle)]).isCloseTo(0.5 * 20, within(1e-6));
            double area = 0;
            for (double integral : line) {
                area += integral;
            }
            assertThat(area).isCloseTo(0.5 * Math.PI * 100, within(3.0));
        }
    }
}
