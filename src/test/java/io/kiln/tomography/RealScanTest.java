package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kiln.numeric.WithVectorUnit;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A measured scan against an independent reconstruction of it by tomopy's gridrec (parzen, edges padded by half the width, centre 295.0). */
@WithVectorUnit
class RealScanTest {
    private static final int WIDTH = 640;
    private static final double RADIUS = 0.45 * WIDTH;
    private static final int LARGEST_SHIFT = 2;

    @TempDir
    Path folder;

    @Test
    void theCentreOfTheToothIsFound() throws Exception {
        PipelineTrial trial =
                new PipelineTrial(new TomoFullPipeline(), RealScan.file("tooth.h5"), folder.resolve("work"), "{}");
        JsonObject details = trial.plan().details();
        assertThat(details.getJsonNumber("rotationAxis").doubleValue()).isCloseTo(295.0, within(1.0));
        JsonObject search = details.getJsonObject("findings").getJsonObject("rotationAxisSearch");
        assertThat(search.getJsonNumber("phaseCorrelation").doubleValue()).isCloseTo(295.6, within(0.1));
        assertThat(search.getString("confidence")).isEqualTo("high");
    }

    /** The tooth reaches beyond the columns that are left. */
    @ParameterizedTest
    @CsvSource({"100, 640", "0, 500", "150, 520"})
    void theCentreOfTheCroppedToothIsFound(int startColumn, int endColumn) throws Exception {
        String parameters = String.format("{\"startColumn\": %d, \"endColumn\": %d}", startColumn, endColumn);
        JsonObject details = new PipelineTrial(
                        new TomoFullPipeline(), RealScan.file("tooth.h5"), folder.resolve("work"), parameters)
                .plan()
                .details();
        JsonObject search = details.getJsonObject("findings").getJsonObject("rotationAxisSearch");
        assertThat(search.getJsonNumber("phaseCorrelation").doubleValue()).isCloseTo(295.6, within(0.2));
        assertThat(details.getJsonNumber("rotationAxis").doubleValue()).isCloseTo(295.0, within(1.0));
        assertThat(search.getString("confidence")).isEqualTo("high");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fourierrec", "linerec"})
    void theToothDiffersFromTheReferenceByLessThanTwoHundredths(String algorithm) throws Exception {
        Path reference = RealScan.file("tooth_raw.npy");
        PipelineTrial trial = new PipelineTrial(
                        new TomoFullPipeline(),
                        RealScan.file("tooth.h5"),
                        folder.resolve("work"),
                        "{\"rotationAxis\": 295, \"reconstructionAlgorithm\": \"" + algorithm + "\"}")
                .run();
        for (int slice = 0; slice < 2; slice++) {
            float[] ours = Images.slice(trial.file(""), slice);
            float[] theirs = RealScan.image(reference, slice, WIDTH * WIDTH);
            double error = leastError(ours, theirs);
            assertThat(error).isLessThan(0.02);
        }
    }

    /** The least error over whole-pixel shifts. */
    private static double leastError(float[] ours, float[] theirs) {
        double least = Double.POSITIVE_INFINITY;
        for (int dy = -LARGEST_SHIFT; dy <= LARGEST_SHIFT; dy++) {
            for (int dx = -LARGEST_SHIFT; dx <= LARGEST_SHIFT; dx++) {
                least = Math.min(least, error(ours, theirs, dy * WIDTH + dx));
            }
        }
        return least;
    }

    /** Root mean square of what a fit of amplitude and offset leaves, over the reference's standard deviation, near the axis. */
    private static double error(float[] ours, float[] theirs, int shift) {
        double count = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < ours.length; i++) {
            double across = i % WIDTH - WIDTH / 2.0;
            double down = i / WIDTH - WIDTH / 2.0;
            if (across * across + down * down < RADIUS * RADIUS) {
                double a = ours[i + shift];
                double b = theirs[i];
                count++;
                x += a;
                y += b;
                xx += a * a;
                xy += a * b;
                yy += b * b;
            }
        }
        double varianceOurs = xx / count - x / count * (x / count);
        double varianceTheirs = yy / count - y / count * (y / count);
        double covariance = xy / count - x / count * (y / count);
        return Math.sqrt(Math.max(0, 1 - covariance * covariance / (varianceOurs * varianceTheirs)));
    }
}
