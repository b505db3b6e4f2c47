package io.kiln.api.batches;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberTest {
    @Test
    void aWholeNumberFromTheLeastOnIsTaken() {
        assertThat(WholeNumber.atLeast(1, json("1"))).hasValue(1);
        assertThat(WholeNumber.atLeast(1, json("2147483647"))).hasValue(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "2147483648", "4294967297", "\"1\"", "null", "[1]"})
    void everythingElseIsNot(String text) {
        assertThat(WholeNumber.atLeast(1, json(text))).isEmpty();
    }

    private static JsonValue json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }
}
