package io.kiln.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleNameTest {
    @ParameterizedTest
    @ValueSource(ints = {0x0, 0x9, 0xA, 0xD, 0x1B, 0x7F, 0x85, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069})
    void aCharacterThatNobodySeesIsNamed(int hidden) {
        assertThat(VisibleName.problem("the batch's name", "teeth" + Character.toString(hidden) + "5h."))
                .contains("the batch's name holds the character U+%04X, which nobody sees; leave it out"
                        .formatted(hidden));
    }

    @Test
    void namesOfEveryScriptAreFine() {
        assertThat(VisibleName.problem("it", "Zähne 歯 שיניים \uD83E\uDDB7 – \u201E5\u201C"))
                .isEmpty();
    }
}
