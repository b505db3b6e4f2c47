package io.kiln.api.json;

/** Values as error messages quote them. */
final class Shortened {
    private static final int LONGEST = 200;

    private Shortened() {}

    static String text(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }
}
