package io.kiln.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kiln.pipeline.InputRejectedException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void ofAPictureWithoutAFiniteValueThereIsNoMean() {
        Histogram histogram = Histogram.of(new float[] {Float.NaN, Float.POSITIVE_INFINITY}, 10);

        assertThat(histogram.finite()).isZero();
        assertThat(histogram.mean()).isNull();
        assertThat(histogram.standardDeviation()).isNull();
    }

    @Test
    void everyFiniteValueIsCountedOnce() {
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        values[3] = Float.NaN;
        values[7] = Float.NEGATIVE_INFINITY;

        Histogram histogram = Histogram.of(values, 10);

        assertThat(histogram.finite()).isEqualTo(998);
        assertThat(histogram.others()).isEqualTo(2);
        assertThat(histogram.minimum()).isZero();
        assertThat(histogram.maximum()).isEqualTo(999);
        assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(998);
        assertThat(histogram.counts()[9]).isEqualTo(100);
        assertThat(histogram.mean()).isCloseTo(500.49, within(0.01));
        assertThat(histogram.low()).isBetween(4.0, 8.0);
        assertThat(histogram.high()).isBetween(992.0, 996.0);
    }

    @Test
    void aWindowIsNeverEmpty() {
        for (float same : new float[] {0, -5, 1e9f}) {
            float[] values = new float[100];
            Arrays.fill(values, same);
            Histogram histogram = Histogram.of(values, 4);
            assertThat(histogram.high()).isGreaterThan(histogram.low());
            assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(100);
        }
        Histogram nothing = Histogram.of(new float[] {Float.NaN}, 4);
        assertThat(nothing.finite()).isZero();
        assertThat(nothing.high()).isGreaterThan(nothing.low());
    }

    @Test
    void binsAreBounded() {
        assertThatThrownBy(() -> Histogram.of(new float[1], 0)).isInstanceOf(InputRejectedException.class);
        assertThatThrownBy(() -> Histogram.of(new float[1], Histogram.MOST_BINS + 1))
                .isInstanceOf(InputRejectedException.class);
    }
}
