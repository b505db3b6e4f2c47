package io.kiln;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this Kiln, as its build has written it down. */
public final class KilnVersion {
    private static final String CURRENT = read();

    private KilnVersion() {}

    public static String current() {
        return CURRENT;
    }

    private static String read() {
        try (InputStream text = KilnVersion.class.getResourceAsStream("version.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
