package io.kiln.tomography.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.numeric.VectorUnit;
import io.kiln.numeric.WithVectorUnit;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vector implementation against the plain one, and when it is used. */
@WithVectorUnit
class RaySpreaderTest {
    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "5, 16", "42, 21", "43, 100", "64, 32", "65, 0", "150, 75", "301, 150"})
    void theVectorUnitGivesTheSameBytes(int width, int padding) {
        ScanGeometry geometry = new ScanGeometry(width, Angles.irregular(90));
        int length =
                new ProjectionFilter(width, new Filtering(FbpFilter.RAMP, padding, Amplitude.ATTENUATION)).length();
        Grid grid = Grid.of(width);
        Rays rays = new Rays(geometry, length, grid.cells());
        float[] table = new KaiserBesselKernel(grid.cells(), width).table();
        float[] samples = noise(rays.count() * rays.samples() * RaySpreader.PARTS);
        BandSpreader plain = new BandSpreader(grid, rays, table, new PlainRaySpreader());
        BandSpreader vector = new BandSpreader(grid, rays, table, new SimdRaySpreader());
        for (int band = 0; band < grid.bands(); band++) {
            plain.spread(band, samples);
            vector.spread(band, samples);
            assertThat(energy(plain.values())).isPositive();
            assertThat(Arrays.mismatch(vector.values(), plain.values())).isEqualTo(-1);
        }
    }

    @Test
    void theVectorUnitIsUsedWhereItIsFaster() {
        assertThat(VectorUnit.isPresent())
                .as("the tests run with --add-modules jdk.incubator.vector")
                .isTrue();
        assertThat(RaySpreader.FASTEST)
                .isInstanceOf(
                        Runtime.version().feature() < RaySpreader.FIRST_JAVA
                                ? PlainRaySpreader.class
                                : SimdRaySpreader.class);
    }

    private static float[] noise(int count) {
        Random random = new Random(7);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    private static double energy(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }
}
