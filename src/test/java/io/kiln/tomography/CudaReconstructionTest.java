package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.cuda.CudaDevice;
import io.kiln.device.cuda.CudaDevices;
import io.kiln.device.cuda.PermittedGpus;
import io.kiln.device.cuda.SimulatedGpus;
import io.kiln.pipeline.Pipeline;
import io.kiln.tomography.reconstruction.FbpFilter;
import io.kiln.volume.SampleType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a GPU makes of a scan against what the processor makes of it. Differences are measured in parts of the range of an image's values. */
@SimulatedGpus
class CudaReconstructionTest {
    private static final double AGREEMENT = 1e-5;

    @TempDir
    Path folder;

    static CudaDevice gpu() {
        List<CudaDevice> gpus = CudaDevices.probe(PermittedGpus.ALL).gpus();
        return gpus.get(gpus.size() - 1);
    }

    /** The same device with less memory, as far as it says. */
    static CudaDevice gpu(long bytes) {
        CudaDevice gpu = gpu();
        return new CudaDevice(
                gpu.number(),
                gpu.uuid(),
                gpu.title(),
                bytes,
                gpu.multiprocessors(),
                gpu.maxSharedBytes(),
                gpu.computeCapability());
    }

    record Case(String what, DiscScan scan, String parameters) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> scans() {
        DiscScan plain = DiscScan.of(60, 3, 48, 22.4);
        String axis = "'rotationAxis': 22.4";
        return Stream.of(
                new Case("an even width", plain, axis),
                new Case("an odd width and number of projections", DiscScan.of(61, 3, 51, 27), "'rotationAxis': 27.3"),
                new Case(
                        "one projection more than memory lines", DiscScan.of(129, 2, 33, 15.5), "'rotationAxis': 15.5"),
                new Case("a whole turn", plain.over(360), axis),
                new Case("a half turn backwards", plain.over(-180), axis),
                new Case("a part of a half turn", plain.over(130), axis),
                new Case("no padding", plain, axis + ", 'padding': 0"),
                new Case("much padding", plain, axis + ", 'padding': 200"),
                new Case("an axis far off the middle", DiscScan.of(60, 2, 48, 12), "'rotationAxis': 12.8"),
                new Case("two by two bins", DiscScan.of(60, 5, 97, 47), "'rotationAxis': 47, 'binning': 1"),
                new Case("four by four bins", DiscScan.of(60, 9, 130, 66), "'rotationAxis': 66, 'binning': 2"),
                new Case("a part of the detector", plain, axis + ", 'startColumn': 3, 'endColumn': 44, 'startRow': 1"),
                new Case(
                        "a part of the projections",
                        plain,
                        axis + ", 'startProj': 3, 'endProj': 50, 'deadFrames': [7]"),
                new Case("zingers", plain, axis + ", 'dezinger': 3, 'dezingerThreshold': 500"),
                new Case("zingers in even windows", plain, axis + ", 'dezinger': 4, 'dezingerThreshold': 500"),
                new Case(
                        "zingers in bins",
                        DiscScan.of(60, 4, 96, 47),
                        "'rotationAxis': 47, 'binning': 1, 'dezinger': 5, 'dezingerThreshold': 500"),
                new Case("a beam that becomes brighter", plain, axis + ", 'flatLinear': true, 'brightRatio': 0.9"),
                new Case("no logarithm", plain, axis + ", 'minusLog': false"),
                new Case("tomocupy's amplitude", plain, axis + ", 'amplitude': 'tomocupy'"),
                new Case("bytes", plain.stored(SampleType.UINT8, "theta:y:x"), axis),
                new Case("floats that are not all numbers", plain.stored(SampleType.FLOAT32, "theta:y:x"), axis),
                new Case("rows by rows", plain.stored(SampleType.UINT16, "y:theta:x"), axis),
                new Case(
                        "floats rows by rows without logarithm",
                        plain.stored(SampleType.FLOAT32, "y:theta:x"),
                        axis + ", 'minusLog': false"));
    }

    @ParameterizedTest
    @MethodSource("scans")
    void griddingAgreesWithTheProcessor(Case each) throws Exception {
        assertAgrees(new TomoFullPipeline(), each, "'reconstructionAlgorithm': 'fourierrec', 'fbpFilter': 'ramp'");
    }

    @ParameterizedTest
    @MethodSource("scans")
    void backprojectionAgreesWithTheProcessor(Case each) throws Exception {
        assertAgrees(new TomoFullPipeline(), each, "'reconstructionAlgorithm': 'linerec'");
    }

    @ParameterizedTest
    @EnumSource(FbpFilter.class)
    void everyFilterAgreesWithTheProcessor(FbpFilter filter) throws Exception {
        String name = filter.name().toLowerCase(Locale.ROOT);
        Case each = new Case(name, DiscScan.of(40, 2, 32, 15), "'rotationAxis': 15.6");
        assertAgrees(new TomoFullPipeline(), each, "'fbpFilter': '" + name + "'");
    }

    /** Lines of 64 to 16384 values, as long as they get. */
    @ParameterizedTest
    @ValueSource(ints = {16, 33, 100, 200, 400, 1000, 2000, 3000, 8000})
    void everyLengthOfLinesAgreesWithTheProcessor(int padding) throws Exception {
        Case each = new Case("padded", DiscScan.of(8, 2, 32, 15), "'rotationAxis': 15.6, 'padding': " + padding);
        assertAgrees(new TomoFullPipeline(), each, "'reconstructionAlgorithm': 'linerec', 'fbpFilter': 'ramp'");
    }

    /** Cells far from the origin are gathered otherwise than those near it. */
    @Test
    void aWiderSliceAgreesWithTheProcessor() throws Exception {
        Case each = new Case("wide", DiscScan.of(200, 2, 180, 88), "'rotationAxis': 88.8");
        assertAgrees(new TomoFullPipeline(), each, "'fbpFilter': 'ramp'");
    }

    @ParameterizedTest
    @CsvSource({"fourierrec, 1", "fourierrec, 1.3", "linerec, 1"})
    void triesAgreeWithTheProcessor(String algorithm, double step) throws Exception {
        Case each = new Case(
                "try",
                DiscScan.of(60, 9, 48, 23.5),
                "'rotationAxis': 23.5, 'centerSearchWidth': 3.5, 'nsino': [0, 0.5, 1], 'centerSearchStep': " + step);
        assertAgrees(new TomoTryPipeline(), each, "'reconstructionAlgorithm': '" + algorithm + "'");
    }

    private void assertAgrees(Pipeline pipeline, Case each, String more) throws Exception {
        Path scan = each.scan().write(folder.resolve("discs.h5"));
        String parameters = "{" + (each.parameters() + ", " + more).replace('\'', '"') + "}";
        PipelineTrial processor = new PipelineTrial(pipeline, scan, folder.resolve("processor"), parameters).run();
        PipelineTrial gpu = new PipelineTrial(pipeline, scan, folder.resolve("gpu"), parameters)
                .on(gpu())
                .run();
        assertThat(gpu.files()).isEqualTo(processor.files());
        int images = processor.plan().units();
        for (int image = 0; image < images; image++) {
            Difference difference =
                    Difference.of(Images.slice(processor.file(""), image), Images.slice(gpu.file(""), image));
            assertThat(difference.rms())
                    .as("root mean square of image %d", image)
                    .isLessThan(AGREEMENT);
            assertThat(difference.maximum()).as("maximum of image %d", image).isLessThan(AGREEMENT);
        }
    }

    /** In parts of the range of the expected values. */
    record Difference(double rms, double maximum) {
        static Difference of(float[] expected, float[] actual) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            double sum = 0;
            double maximum = 0;
            for (int i = 0; i < expected.length; i++) {
                low = Math.min(low, expected[i]);
                high = Math.max(high, expected[i]);
                double away = Math.abs(expected[i] - actual[i]);
                sum += away * away;
                maximum = Math.max(maximum, away);
            }
            return new Difference(Math.sqrt(sum / expected.length) / (high - low), maximum / (high - low));
        }
    }
}
