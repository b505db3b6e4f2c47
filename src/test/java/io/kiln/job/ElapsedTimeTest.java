package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTimeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "0.26, 0.3 s",
        "9.94, 9.9 s",
        "9.96, 10 s",
        "59.4, 59 s",
        "59.6, 1 min 00 s",
        "200, 3 min 20 s",
        "3599.7, 1 h 00 min",
        "93845, 26 h 04 min"
    })
    void isSaidInTheUnitsThatSuitIt(double seconds, String words) {
        assertThat(ElapsedTime.ofSeconds(seconds)).isEqualTo(words);
    }
}
