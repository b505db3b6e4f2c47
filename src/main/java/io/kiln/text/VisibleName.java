package io.kiln.text;

import java.util.Optional;

/**
 * Names are shown in lists, logs and mails: what breaks their line, or turns the direction of what stands behind, would let one pass for something else.
 */
public final class VisibleName {
    private VisibleName() {}

    /**
     * Says which character of a name nobody sees; empty where there is none.
     *
     * @param subject whose name it is, as the sentence begins
     */
    public static Optional<String> problem(String subject, String name) {
        return name.codePoints()
                .filter(VisibleName::isHidden)
                .mapToObj(hidden ->
                        subject + " holds the character U+%04X, which nobody sees; leave it out".formatted(hidden))
                .findFirst();
    }

    private static boolean isHidden(int character) {
        return Character.isISOControl(character) || isLineBreak(character) || turnsDirection(character);
    }

    private static boolean isLineBreak(int character) {
        return character == 0x2028 || character == 0x2029;
    }

    private static boolean turnsDirection(int character) {
        return character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069;
    }
}
