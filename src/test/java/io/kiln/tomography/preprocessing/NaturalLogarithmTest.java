package io.kiln.tomography.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Scale;

class NaturalLogarithmTest {
    @Property
    void itIsWithinTwoUnitsOfTheLastPlace(@ForAll @Scale(6) @FloatRange(min = 1e-6f, max = 1e6f) float x) {
        double exact = StrictMath.log(x);
        double unit = Math.max(Math.ulp((float) exact), Math.ulp(1f) / 4);
        assertThat((double) NaturalLogarithm.of(x)).isCloseTo(exact, within(2 * unit));
    }

    @Property
    void itIsWithinTwoUnitsOfTheLastPlaceForTransmissions(
            @ForAll @Scale(7) @FloatRange(min = 0.001f, max = 1.1f) float x) {
        double exact = StrictMath.log(x);
        double unit = Math.max(Math.ulp((float) exact), Math.ulp(1f) / 4);
        assertThat((double) NaturalLogarithm.of(x)).isCloseTo(exact, within(2 * unit));
    }
}
