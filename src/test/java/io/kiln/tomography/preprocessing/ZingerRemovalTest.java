package io.kiln.tomography.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZingerRemovalTest {
    @Test
    void aBrightSpotBecomesTheMedianAndADarkOneStays() {
        float[] values = new float[7 * 9];
        Arrays.fill(values, 100);
        values[3 * 9 + 4] = 1000;
        values[5 * 9 + 2] = 0;
        assertThat(new ZingerRemoval(3, 500).clean(values, 7, 9)).isOne();
        assertThat(values[3 * 9 + 4]).isEqualTo(100);
        assertThat(values[5 * 9 + 2]).isZero();
    }

    @Test
    void aSpotInTheCornerIsReplaced() {
        float[] values = new float[5 * 5];
        values[0] = 1000;
        assertThat(new ZingerRemoval(5, 500).clean(values, 5, 5)).isOne();
        assertThat(values[0]).isZero();
    }

    @Test
    void whatIsNoNumberStays() {
        float[] values = new float[4 * 4];
        values[5] = Float.NaN;
        assertThat(new ZingerRemoval(3, 1).clean(values, 4, 4)).isZero();
        assertThat(values[5]).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"1, 11", "2, 11", "3, 11", "4, 11", "5, 11", "5, 2", "4, 2", "5, 3", "3, 1"})
    void itDoesWhatSortingEveryNeighbourhoodDoes(int width, int lines) {
        int columns = 13;
        SplittableRandom random = new SplittableRandom(width);
        float[] values = new float[lines * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(1000);
        }
        float[] expected = values.clone();
        for (int i = 0; i < values.length; i++) {
            float median = median(values, i / columns, i % columns, lines, columns, width);
            expected[i] = values[i] - median > 300 ? median : values[i];
        }
        new ZingerRemoval(width, 300).clean(values, lines, columns);
        assertThat(values).isEqualTo(expected);
    }

    private static float median(float[] values, int line, int column, int lines, int columns, int width) {
        float[] window = new float[width * width];
        for (int i = 0; i < window.length; i++) {
            int y = mirrored(line + i / width - width / 2, lines);
            int x = mirrored(column + i % width - width / 2, columns);
            window[i] = values[y * columns + x];
        }
        Arrays.sort(window);
        return window[window.length / 2];
    }

    private static int mirrored(int index, int count) {
        return index < 0 ? -1 - index : index < count ? index : 2 * count - 1 - index;
    }
}
