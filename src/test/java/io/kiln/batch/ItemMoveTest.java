package io.kiln.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where items go together. */
class ItemMoveTest {
    @ParameterizedTest
    @CsvSource({
        "TOP, abcde, bd, bdace",
        "TOP, abcde, ab, abcde",
        "END, abcde, bd, acebd",
        "END, abcde, abcde, abcde",
        "UP, abcde, bc, bcade",
        "UP, abcde, ac, acbde",
        "UP, abcde, abd, abdce",
        "UP, abcde, e, abced",
        "DOWN, abcde, bc, adbce",
        "DOWN, abcde, ce, abdce",
        "DOWN, abcde, de, abcde",
        "DOWN, a, a, a"
    })
    void theChosenOnesGoAndKeepTheirOrder(ItemMove move, String all, String chosen, String moved) {
        assertThat(move.of(letters(all), Set.copyOf(letters(chosen)))).isEqualTo(letters(moved));
    }

    private static List<String> letters(String text) {
        return List.of(text.split(""));
    }
}
