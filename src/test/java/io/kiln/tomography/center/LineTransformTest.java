package io.kiln.tomography.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTransformTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 17, 64, 97, 640})
    void itIsTheFourierSumForAnyLength(int length) {
        SplittableRandom random = new SplittableRandom(length);
        float[] real = new float[length];
        float[] imaginary = new float[length];
        for (int i = 0; i < length; i++) {
            real[i] = (float) random.nextDouble(-1, 1);
            imaginary[i] = (float) random.nextDouble(-1, 1);
        }
        float[] outReal = new float[length];
        float[] outImaginary = new float[length];
        LineTransform transform = new LineTransform(length);
        // twice, to see that nothing is left from the first time
        transform.forward(real.clone(), imaginary.clone(), outReal, outImaginary);
        transform.forward(real.clone(), imaginary.clone(), outReal, outImaginary);
        for (int k = 0; k < length; k++) {
            double re = 0;
            double im = 0;
            for (int j = 0; j < length; j++) {
                double angle = -2 * Math.PI * ((long) j * k % length) / length;
                re += real[j] * Math.cos(angle) - imaginary[j] * Math.sin(angle);
                im += real[j] * Math.sin(angle) + imaginary[j] * Math.cos(angle);
            }
            assertThat((double) outReal[k]).isCloseTo(re, within(2e-6 * length));
            assertThat((double) outImaginary[k]).isCloseTo(im, within(2e-6 * length));
        }
    }
}
