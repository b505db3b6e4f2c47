package io.kiln.root;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

/** The order in which people look for files: {@code scan_2} before {@code scan_10}, capitals among small letters. */
public final class NaturalOrder {
    /** Of names; equal only where they are the same. */
    public static final Comparator<String> OF_NAMES =
            Comparator.comparing(NaturalOrder::key).thenComparing(Comparator.naturalOrder());

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private NaturalOrder() {}

    /** Numbers padded with zeros, so that their order as text is their order as numbers. */
    private static String key(String name) {
        return NUMBER.matcher(name.toLowerCase(Locale.ROOT))
                .replaceAll(number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
    }
}
