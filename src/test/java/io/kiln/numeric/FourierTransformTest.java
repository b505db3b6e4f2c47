package io.kiln.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transform against the defining sum and its theorems. */
@WithVectorUnit
class FourierTransformTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048})
    void forwardIsTheDefiningSum(int length) {
        Signal signal = Signal.random(length, 1);
        Signal spectrum = signal.forward();
        for (int k = 0; k < length; k++) {
            double real = 0;
            double imaginary = 0;
            for (int j = 0; j < length; j++) {
                double angle = -2 * Math.PI * ((long) j * k % length) / length;
                real += signal.real[j] * Math.cos(angle) - signal.imaginary[j] * Math.sin(angle);
                imaginary += signal.real[j] * Math.sin(angle) + signal.imaginary[j] * Math.cos(angle);
            }
            double tolerance = 2e-6 * Math.sqrt(length);
            assertThat((double) spectrum.real[k]).isEqualTo(real, within(tolerance));
            assertThat((double) spectrum.imaginary[k]).isEqualTo(imaginary, within(tolerance));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 256, 4096, 8192, 16384, 32768})
    void inverseUndoesForwardAndEnergyIsKept(int length) {
        Signal signal = Signal.random(length, 2);
        Signal spectrum = signal.forward();
        assertThat(spectrum.energy()).isEqualTo(length * signal.energy(), within(1e-5 * length * signal.energy()));
        Signal back = spectrum.inverse();
        for (int j = 0; j < length; j++) {
            assertThat(back.real[j] / length).isEqualTo(signal.real[j], within(3e-6f));
            assertThat(back.imaginary[j] / length).isEqualTo(signal.imaginary[j], within(3e-6f));
        }
    }

    @Property(tries = 50)
    void aShiftedPulseIsAWave(@ForAll @IntRange(min = 0, max = 12) int exponent, @ForAll @IntRange(min = 0) int seed) {
        int length = 1 << exponent;
        int shift = seed % length;
        Signal signal = new Signal(new float[length], new float[length]);
        signal.real[shift] = 1;
        Signal spectrum = signal.forward();
        for (int k = 0; k < length; k++) {
            double angle = -2 * Math.PI * ((long) shift * k % length) / length;
            assertThat((double) spectrum.real[k]).isEqualTo(Math.cos(angle), within(1e-6));
            assertThat((double) spectrum.imaginary[k]).isEqualTo(Math.sin(angle), within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 32, 64, 128, 256, 512, 1024, 2048, 4096, 16384})
    void theVectorUnitGivesTheSameBytes(int length) {
        assertThat(VectorUnit.isPresent())
                .as("the tests run with --add-modules jdk.incubator.vector")
                .isTrue();
        Signal signal = Signal.random(length, 3);
        Signal plain = signal.through(new FourierTransform(length, new PlainButterflies()));
        assertThat(Butterflies.FASTEST).isNotInstanceOf(PlainButterflies.class);
        Signal vector = signal.through(new FourierTransform(length, Butterflies.FASTEST));
        assertThat(vector.real).containsExactly(plain.real);
        assertThat(vector.imaginary).containsExactly(plain.imaginary);
    }

    @Test
    void otherLengthsAreRejected() {
        for (int length : new int[] {-4, 0, 3, 100, 1 << 25}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FourierTransform.of(length))
                    .withMessageContaining(String.valueOf(length));
        }
    }

    @Test
    void theShortestLengthThatHoldsValues() {
        assertThat(FourierTransform.lengthFor(1)).isEqualTo(1);
        assertThat(FourierTransform.lengthFor(1024)).isEqualTo(1024);
        assertThat(FourierTransform.lengthFor(1025)).isEqualTo(2048);
    }

    private record Signal(float[] real, float[] imaginary) {
        static Signal random(int length, int seed) {
            Random random = new Random(seed);
            Signal signal = new Signal(new float[length], new float[length]);
            for (int i = 0; i < length; i++) {
                signal.real[i] = 2 * random.nextFloat() - 1;
                signal.imaginary[i] = 2 * random.nextFloat() - 1;
            }
            return signal;
        }

        Signal forward() {
            return through(FourierTransform.of(real.length));
        }

        Signal through(FourierTransform transform) {
            Signal out = new Signal(new float[real.length + 3], new float[real.length + 3]);
            transform.forward(real.clone(), imaginary.clone(), 0, out.real, out.imaginary, 3);
            return out.from(3);
        }

        Signal inverse() {
            Signal out = new Signal(new float[real.length], new float[real.length]);
            FourierTransform.of(real.length).inverse(real.clone(), imaginary.clone(), 0, out.real, out.imaginary, 0);
            return out;
        }

        private Signal from(int start) {
            return new Signal(
                    java.util.Arrays.copyOfRange(real, start, real.length),
                    java.util.Arrays.copyOfRange(imaginary, start, imaginary.length));
        }

        double energy() {
            double sum = 0;
            for (int i = 0; i < real.length; i++) {
                sum += (double) real[i] * real[i] + (double) imaginary[i] * imaginary[i];
            }
            return sum;
        }
    }
}
