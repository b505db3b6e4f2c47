package io.kiln.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class ByteSizeTest {
    private final ByteSize size = new ByteSize();

    @Test
    void unitsArePowersOf1024() {
        assertThat(size.convert("3k")).isEqualTo(3L << 10);
        assertThat(size.convert("512m")).isEqualTo(512L << 20);
        assertThat(size.convert("4G")).isEqualTo(4L << 30);
        assertThat(size.convert("1t")).isEqualTo(1L << 40);
    }

    @Test
    void aSizeWithoutUnitIsNotGuessed() {
        for (String text : List.of("4", "g", "-1g", "1.5g", "4gb", "1234567g")) {
            assertThatThrownBy(() -> size.convert(text))
                    .as(text)
                    .isInstanceOf(TypeConversionException.class)
                    .hasMessageContaining(text);
        }
    }
}
