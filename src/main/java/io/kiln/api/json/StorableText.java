package io.kiln.api.json;

import java.util.Optional;

/** Texts of a request that PostgreSQL keeps as they are: it refuses the character U+0000, and half of a pair of surrogates would come back as a question mark. */
public final class StorableText {
    private static final char NUL = '\0';

    private StorableText() {}

    /** Says what of a text the database would not keep; empty where it keeps all. */
    public static Optional<String> problem(String text) {
        return text.codePoints()
                .filter(StorableText::isLost)
                .mapToObj(lost -> "'" + visible(text) + "' holds the character U+%04X".formatted(lost)
                        + (lost == NUL ? "" : " without the other half of its pair") + "; leave it out")
                .findFirst();
    }

    private static boolean isLost(int character) {
        return character == NUL || character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        Shortened.text(text)
                .codePoints()
                .map(character -> character == NUL ? '\u2400' : isLost(character) ? '\uFFFD' : character)
                .forEach(visible::appendCodePoint);
        return visible.toString();
    }
}
