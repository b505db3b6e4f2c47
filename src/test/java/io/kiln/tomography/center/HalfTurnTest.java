package io.kiln.tomography.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kiln.pipeline.InputRejectedException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which projections of a scan are half a turn. Each has one column, which holds its number. */
class HalfTurnTest {
    private static double[] degrees(int count, double first, double step, double turn) {
        return IntStream.range(0, count)
                .mapToDouble(i -> (first + i * step) % turn)
                .toArray();
    }

    private static HalfTurn of(double[] angles) {
        float[] numbers = new float[angles.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return HalfTurn.of(numbers, 1, angles);
    }

    @Test
    void aHalfTurnOverZeroBeginsBehindTheWidestGap() {
        HalfTurn half = of(degrees(180, 270, 1, 360));
        assertThat(half.projections()).isEqualTo(180);
        assertThat(half.values()).startsWith(0, 1, 2).endsWith(178, 179);
        assertThat(half.degrees()).startsWith(270, 271).endsWith(448, 449);
    }

    @Test
    void aHalfTurnBackwardsOverZeroDoesSo() {
        HalfTurn half =
                of(IntStream.range(0, 180).mapToDouble(i -> (450 - i) % 360).toArray());
        assertThat(half.values()).startsWith(179, 178).endsWith(1, 0);
        assertThat(half.degrees()[0]).isEqualTo(271, within(1e-9));
    }

    @Test
    void whatBeginsAtTheSmallestAngleStaysAsItIs() {
        assertThat(of(degrees(360, 0, 1, 360)).degrees())
                .hasSize(181)
                .startsWith(0, 1)
                .endsWith(179, 180);
        assertThat(of(degrees(181, -90, 1, 360)).degrees()).startsWith(-90, -89).endsWith(89, 90);
    }

    @Test
    void lessThanHalfATurnOverZeroIsRejectedWithWhatItCovers() {
        assertThatThrownBy(() -> of(degrees(120, 300, 1, 360)))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("120 projections over 119.0°: half a turn is needed");
    }
}
