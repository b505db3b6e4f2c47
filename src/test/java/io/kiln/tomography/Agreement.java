package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.pipeline.Pipeline;
import io.kiln.volume.SampleType;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a GPU makes of a scan against what the processor makes of it. Differences are measured in parts of the range of an image's values. */
final class Agreement {
    private static final double BOUND = 1e-5;

    private Agreement() {}

    record Case(String what, DiscScan scan, String parameters) {
        /** Three slices, each with some axes that are so many columns apart. */
        static Case ofATry(double step) {
            return new Case(
                    "try",
                    DiscScan.of(60, 9, 48, 23.5),
                    "'rotationAxis': 23.5, 'centerSearchWidth': 3.5, 'nsino': [0, 0.5, 1], 'centerSearchStep': "
                            + step);
        }

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

    /** Reconstructs on both, in the folder, with the case's parameters and these. */
    static void assertAgrees(Path folder, Pipeline pipeline, Case each, String more) throws Exception {
        Path scan = each.scan().write(folder.resolve("discs.h5"));
        String parameters = "{" + (each.parameters() + ", " + more).replace('\'', '"') + "}";
        PipelineTrial processor = new PipelineTrial(pipeline, scan, folder.resolve("processor"), parameters).run();
        PipelineTrial gpu = new PipelineTrial(pipeline, scan, folder.resolve("gpu"), parameters)
                .on(SimulatedGpu.last())
                .run();
        assertThat(gpu.files()).isEqualTo(processor.files());
        int images = processor.plan().units();
        for (int image = 0; image < images; image++) {
            Difference difference =
                    Difference.of(Images.slice(processor.file(""), image), Images.slice(gpu.file(""), image));
            assertThat(difference.rms())
                    .as("root mean square of image %d", image)
                    .isLessThan(BOUND);
            assertThat(difference.maximum()).as("maximum of image %d", image).isLessThan(BOUND);
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
