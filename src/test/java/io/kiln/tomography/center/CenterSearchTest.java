package io.kiln.tomography.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kiln.device.cpu.CpuThreads;
import io.kiln.tomography.preprocessing.Correction;
import io.kiln.tomography.preprocessing.DetectorRegion;
import io.kiln.tomography.preprocessing.ReferenceFields;
import io.kiln.tomography.sample.SampleScan;
import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CenterSearchTest {
    @TempDir
    Path folder;

    private CenterEstimate find(
            SampleScan sample, double width, int threadCount, BooleanSupplier stop, int... projections)
            throws IOException, InterruptedException {
        Path file = folder.resolve("scan.h5");
        sample.write(file);
        try (Scan scan = Scan.open(ScanFiles.of(file));
                CpuThreads threads = new CpuThreads("test", threadCount)) {
            DetectorRegion region = new DetectorRegion(0, sample.rows(), 0, sample.columns());
            ReferenceFields fields = ReferenceFields.read(scan, region, Correction.plain());
            double[] degrees =
                    IntStream.of(projections).mapToDouble(sample::degrees).toArray();
            return new CenterSearch(
                            scan, fields, Correction.plain(), projections, degrees, new float[projections.length])
                    .find(sample.rows() / 2, width, threads, stop);
        }
    }

    private static int[] all(SampleScan sample) {
        return IntStream.range(0, sample.projections()).toArray();
    }

    @ParameterizedTest
    @CsvSource({"160, 83.25", "161, 80", "127, 57.5", "256, 140.75"})
    void bothMethodsFindTheAxis(int columns, double center) throws Exception {
        SampleScan sample = SampleScan.body(180, 6, columns, center);
        CenterEstimate found = find(sample, 20, 2, () -> false, all(sample));
        assertThat(found.vo()).isCloseTo(center, within(0.5));
        assertThat(found.phaseCorrelation().orElseThrow()).isCloseTo(center, within(1.0));
        assertThat(found.confidence()).isEqualTo(Confidence.HIGH);
    }

    @Test
    void anAxisOutsideTheFirstRangeIsFoundByWideningIt() throws Exception {
        SampleScan sample = SampleScan.body(180, 4, 200, 128);
        CenterEstimate found = find(sample, 5, 2, () -> false, all(sample));
        assertThat(found.vo()).isCloseTo(128, within(0.5));
    }

    @Test
    void theNumberOfThreadsDoesNotMatter() throws Exception {
        SampleScan sample = SampleScan.body(120, 3, 96, 50);
        assertThat(find(sample, 10, 1, () -> false, all(sample)))
                .isEqualTo(find(sample, 10, 3, () -> false, all(sample)));
    }

    @Test
    void withoutOppositeProjectionsTheConfidenceIsLow() {
        assertThat(CenterEstimate.of(80, false, OptionalDouble.empty()).confidence())
                .isEqualTo(Confidence.LOW);
        assertThat(CenterEstimate.of(80, true, OptionalDouble.of(80)).confidence())
                .isEqualTo(Confidence.LOW);
    }

    @ParameterizedTest
    @CsvSource({"80, 81, HIGH", "80, 77, HIGH", "80, 88, MEDIUM", "80, 60, LOW"})
    void theConfidenceTellsWhetherTheMethodsAgree(double vo, double phaseCorrelation, Confidence confidence) {
        CenterEstimate estimate = CenterEstimate.of(vo, false, OptionalDouble.of(phaseCorrelation));
        assertThat(estimate.confidence()).isEqualTo(confidence);
        assertThat(estimate.reason()).contains(String.format("%.2f", Math.abs(vo - phaseCorrelation)));
    }

    @Test
    void itStopsWhenAsked() {
        SampleScan sample = SampleScan.body(120, 3, 96, 50);
        assertThatThrownBy(() -> find(sample, 10, 2, () -> true, all(sample)))
                .isInstanceOf(CancellationException.class);
    }
}
