package io.kiln.tomography.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionFilterTest {
    /** The transform of the sampled impulse response, summed up as it is defined. */
    private static double response(int k, int length) {
        double sum = 0.25;
        for (int j = 1; j < length / 2; j += 2) {
            sum -= 2 * Math.cos(2 * Math.PI * ((long) j * k % length) / length) / (Math.PI * Math.PI * j * j);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64, 2048, 1 << 18})
    void theRampIsTheTransformOfItsImpulseResponse(int length) {
        Filtering filtering = new Filtering(FbpFilter.RAMP, 0, Amplitude.ATTENUATION);
        ProjectionFilter filter = new ProjectionFilter(length, filtering);
        float[] real = new float[length / 2];
        float[] imaginary = new float[length / 2];
        filter.factors(0, real, imaginary);
        double scale = Amplitude.ATTENUATION.factor() / length;
        for (int k : new int[] {0, 1, 2, length / 4, length / 2 - 1}) {
            double expected = response(k, length) * scale;
            assertThat(real[k]).as("frequency %d", k).isCloseTo((float) expected, within((float) (1e-6 * expected)));
            assertThat(imaginary[k]).isZero();
        }
    }
}
