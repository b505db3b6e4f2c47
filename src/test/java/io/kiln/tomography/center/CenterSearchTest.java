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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    private long memoryBytes = 1L << 30;

    private CenterEstimate find(
            SampleScan sample, double width, int threadCount, BooleanSupplier stop, int... projections)
            throws IOException, InterruptedException {
        return find(sample, 0, sample.columns(), width, threadCount, stop, projections);
    }

    private CenterEstimate find(
            SampleScan sample,
            int fromColumn,
            int toColumn,
            double width,
            int threadCount,
            BooleanSupplier stop,
            int... projections)
            throws IOException, InterruptedException {
        Path file = folder.resolve("scan.h5");
        sample.write(file);
        try (Scan scan = Scan.open(ScanFiles.of(file));
                CpuThreads threads = new CpuThreads("test", threadCount)) {
            DetectorRegion region = new DetectorRegion(0, sample.rows(), fromColumn, toColumn);
            ReferenceFields fields = ReferenceFields.read(scan, region, Correction.plain());
            double[] degrees =
                    IntStream.of(projections).mapToDouble(sample::degrees).toArray();
            return new CenterSearch(
                            scan, fields, Correction.plain(), projections, degrees, new float[projections.length])
                    .find(sample.rows() / 2, width, threads, memoryBytes, stop);
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
    void withMemoryForOneThreadOneFindsTheSame() throws Exception {
        SampleScan sample = SampleScan.body(180, 6, 160, 83.25);
        CenterEstimate ofMany = find(sample, 20, 4, () -> false, all(sample));
        memoryBytes = 1;

        assertThat(find(sample, 20, 4, () -> false, all(sample))).isEqualTo(ofMany);
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
        assertThat(CenterEstimate.of(80, false, Optional.empty()).confidence()).isEqualTo(Confidence.LOW);
        assertThat(CenterEstimate.of(80, true, Optional.of(new PhasePeak(80, 0.1)))
                        .confidence())
                .isEqualTo(Confidence.LOW);
    }

    @ParameterizedTest
    @CsvSource({
        "80, 81, 0.2, HIGH",
        "80, 77, 0.2, HIGH",
        "80, 88, 0.2, MEDIUM",
        "80, 60, 0.2, LOW",
        "80, 81, 0.9, MEDIUM",
        "80, 88, 0.9, LOW"
    })
    void theConfidenceTellsWhetherTheMethodsAgreeAndWhetherThatMeansAnything(
            double vo, double phaseCorrelation, double rival, Confidence confidence) {
        CenterEstimate estimate = CenterEstimate.of(vo, false, Optional.of(new PhasePeak(phaseCorrelation, rival)));
        assertThat(estimate.confidence()).isEqualTo(confidence);
        assertThat(estimate.reason()).contains(String.format(Locale.ROOT, "%.2f", Math.abs(vo - phaseCorrelation)));
    }

    /** A scan of the body by a beam of so many counts: the fewer, the more noise. */
    private static SampleScan noisy(double beam, double center, long seed) {
        SampleScan body = SampleScan.body(181, 16, 320, center);
        return new SampleScan(181, 16, 320, center, body.phantom(), beam, true, 0, seed);
    }

    @ParameterizedTest
    @CsvSource({"30000, 168.25, 0.15", "1000, 140.5, 0.25", "200, 195.75, 0.75"})
    void phaseCorrelationIsExactWhereThereIsLight(double beam, double center, double error) throws Exception {
        SampleScan sample = noisy(beam, center, 5);
        CenterEstimate found = find(sample, 20, 2, () -> false, all(sample));
        assertThat(found.phaseCorrelation().orElseThrow()).isCloseTo(center, within(error));
        assertThat(found.confidence()).isEqualTo(Confidence.HIGH);
    }

    @Test
    void aHighConfidenceIsNeverWrongWhateverTheNoiseAndTheCropping() throws Exception {
        int sure = 0;
        for (double beam : new double[] {10_000, 200, 30}) {
            for (int crop : new int[] {0, 60, 100}) {
                for (int seed = 1; seed <= 3; seed++) {
                    double center = 120 + 25 * seed;
                    SampleScan sample = noisy(beam, center, seed);
                    CenterEstimate found = find(sample, crop, 320 - crop / 2, 20, 2, () -> false, all(sample));
                    if (found.confidence() == Confidence.HIGH) {
                        assertThat(found.vo() + crop)
                                .describedAs("%s counts, %d columns cropped: %s", beam, crop, found)
                                .isCloseTo(center, within(1.5));
                        sure++;
                    }
                }
            }
        }
        assertThat(sure).isGreaterThanOrEqualTo(12);
    }

    @Test
    void projectionsOfNothingButNoiseConfirmNothing() throws Exception {
        SampleScan nothing = new SampleScan(181, 8, 128, 64, List.of(), 1000, true, 0, 3);
        assertThat(find(nothing, 20, 2, () -> false, all(nothing)).confidence()).isNotEqualTo(Confidence.HIGH);
    }

    @Test
    void evenProjectionsHaveNoPeak() {
        PhaseCorrelation correlation = new PhaseCorrelation(100);
        float[] even = new float[200];
        Arrays.fill(even, 0.1f);
        correlation.add(even, 0, even, 100);
        assertThat(correlation.peak()).isEmpty();
    }

    @Test
    void itStopsWhenAsked() {
        SampleScan sample = SampleScan.body(120, 3, 96, 50);
        assertThatThrownBy(() -> find(sample, 10, 2, () -> true, all(sample)))
                .isInstanceOf(CancellationException.class);
    }
}
