package io.kiln.tomography.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bands in, rows out. */
class SpectrumRowsTest {
    private static final int BEGIN = 5;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 42, 65, 300})
    void everyFrequencyOfARowStandsInItsPlace(int width) {
        Grid grid = Grid.of(width);
        SpectrumRows rows = new SpectrumRows(grid);
        int stride = 4 * width + 3;
        for (int band = 0; band < grid.bands(); band++) {
            float[] lines = new float[BEGIN + grid.bandLines() * stride];
            for (int line = 0; line < grid.bandLines(); line++) {
                int frequency = band * grid.bandLines() + line;
                putHalf(lines, BEGIN + line * stride, width, frequency);
                putHalf(lines, BEGIN + line * stride + 2 * width, width, frequency == 0 ? 1_000_000 : -frequency);
            }
            rows.put(band, lines, BEGIN, stride);
        }
        float[] highest = new float[BEGIN + 2 * width];
        putHalf(highest, BEGIN, width, -grid.half());
        rows.putHighest(highest, BEGIN);
        float[] real = new float[grid.cells()];
        float[] imaginary = new float[grid.cells()];
        for (int row = 0; row < width; row++) {
            rows.row(row, real, imaginary);
            for (int i = 0; i < grid.cells(); i++) {
                assertThat(real[i]).isEqualTo(real(i - grid.half(), row));
                assertThat(imaginary[i]).isEqualTo(-real(i - grid.half(), row) - 0.5f);
            }
        }
    }

    private static void putHalf(float[] lines, int begin, int width, int frequency) {
        for (int row = 0; row < width; row++) {
            lines[begin + row] = real(frequency, row);
            lines[begin + width + row] = -real(frequency, row) - 0.5f;
        }
    }

    private static float real(int frequency, int row) {
        return 1000 * frequency + row;
    }
}
