package io.kiln.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginFilterTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, 127.0.0.1:8080, true",
        "https://Kiln.lab.example, kiln.lab.example, true",
        "http://127.0.0.1:8081, 127.0.0.1:8080, false",
        "http://evil.example, 127.0.0.1:8080, false",
        "http://127.0.0.1:8080.evil.example, 127.0.0.1:8080, false",
        "null, 127.0.0.1:8080, false",
        "not an origin, 127.0.0.1:8080, false",
    })
    void onlyTheServersOwnAuthorityIsTheSameOrigin(String origin, String host, boolean same) {
        assertThat(OriginFilter.isSame(origin, host)).isEqualTo(same);
    }
}
