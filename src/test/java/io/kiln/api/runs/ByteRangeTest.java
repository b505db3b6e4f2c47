package io.kiln.api.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, 0, 9",
        "bytes=90-, 90, 99",
        "bytes=90-1000, 90, 99",
        "bytes=-10, 90, 99",
        "bytes=-1000, 0, 99"
    })
    void aSingleRangeIsCutToTheFile(String header, long first, long last) {
        assertThat(ByteRange.isSingle(header)).isTrue();
        assertThat(ByteRange.of(header, 100)).contains(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=9-3", "bytes=-0"})
    void aRangeThatTheFileDoesNotHaveIsEmpty(String header) {
        assertThat(ByteRange.of(header, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "lines=0-1", "bytes=-", "bytes=a-b", "bytes=0-99999999999999999999"})
    void otherHeadersAreIgnored(String header) {
        assertThat(ByteRange.isSingle(header)).isFalse();
    }

    @Test
    void anEmptyFileHasNoRange() {
        assertThat(ByteRange.of("bytes=0-", 0)).isEmpty();
    }
}
