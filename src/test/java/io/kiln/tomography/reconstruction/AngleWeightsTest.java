package io.kiln.tomography.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How the half circle is shared out among projections. */
class AngleWeightsTest {
    @Test
    void equallySpacedAnglesGetEqualShares() {
        assertThat(AngleWeights.of(Angles.halfCircle(180))).containsExactly(equal(180), within(1e-12));
    }

    @Test
    void theTwoEndsOfAClosedHalfCircleShareOneCell() {
        double[] weights = AngleWeights.of(Angles.closedHalfCircle(181));
        assertThat(weights[0] + weights[180]).isEqualTo(Math.PI / 180, within(1e-9));
        assertThat(weights[90]).isEqualTo(Math.PI / 180, within(1e-9));
    }

    @Test
    void aFullCircleCountsEveryLineOnce() {
        assertThat(Arrays.stream(AngleWeights.of(Angles.fullCircle(360))).sum()).isEqualTo(Math.PI, within(1e-9));
        assertThat(Arrays.stream(AngleWeights.of(Angles.fullCircle(361))).sum()).isEqualTo(Math.PI, within(1e-9));
    }

    @Test
    void aMissingWedgeBelongsToNobody() {
        double[] angles = Arrays.copyOf(Angles.halfCircle(180), 120);
        double[] weights = AngleWeights.of(angles);
        assertThat(weights).containsExactly(equal(120), within(1e-9));
        assertThat(AngleWeights.unscannedDegrees(angles)).isEqualTo(60, within(1e-9));
    }

    /** 0° to 90° every tenth of a degree, 90° to 180° every degree. */
    private static double[] finerThenCoarser() {
        return IntStream.range(0, 990)
                .mapToDouble(i -> Math.toRadians(i < 900 ? i / 10.0 : i - 810))
                .toArray();
    }

    @Test
    void whatIsScannedMoreCoarselyIsScanned() {
        double[] angles = finerThenCoarser();
        double[] weights = AngleWeights.of(angles);
        assertThat(Arrays.stream(weights).sum()).isEqualTo(Math.PI, within(1e-9));
        assertThat(weights[300]).isEqualTo(Math.PI / 1800, within(1e-9));
        assertThat(weights[950]).isEqualTo(Math.PI / 180, within(1e-9));
        assertThat(AngleWeights.unscannedDegrees(angles)).isZero();
    }

    @Test
    void aMissingWedgeInItIsAsWideAsItsNeighboursTell() {
        double[] angles = IntStream.range(0, 990)
                .filter(i -> i < 930 || i > 950)
                .mapToDouble(i -> finerThenCoarser()[i])
                .toArray();
        assertThat(AngleWeights.unscannedDegrees(angles)).isEqualTo(21, within(1e-9));
    }

    @Test
    void oneAngleAloneGetsAll() {
        assertThat(AngleWeights.of(new double[] {0.3})).containsExactly(new double[] {Math.PI}, within(1e-12));
    }

    /** The shares of angles one degree apart. */
    private static double[] equal(int count) {
        double[] shares = new double[count];
        Arrays.fill(shares, Math.PI / 180);
        return shares;
    }

    @Property(tries = 40)
    void anglesGetWhatTheirHalfTurnsGet(@ForAll @IntRange(min = 3, max = 60) int count) {
        double[] here = Angles.irregular(count);
        double[] turned = Arrays.stream(here).map(angle -> angle - Math.PI).toArray();
        double[] weights = AngleWeights.of(here);
        assertThat(AngleWeights.of(turned)).containsExactly(weights, within(1e-9));
        assertThat(Arrays.stream(weights).sum()).isEqualTo(Math.PI, within(1e-9));
    }
}
