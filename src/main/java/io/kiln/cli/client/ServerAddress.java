package io.kiln.cli.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the server is and who asks.
 *
 * @param base without {@code /api}, for example {@code http://127.0.0.1:8080}
 */
public record ServerAddress(URI base, String user, String password) {
    /**
     * Another server's address by KILN_URL, KILN_USER and KILN_PASSWORD or KILN_PASSWORD_FILE; without KILN_URL the server of this KILN_HOME, as its
     * admin.
     *
     * @param home KILN_HOME
     * @throws IllegalStateException when there is no password to be found, saying where it was looked for
     */
    public static ServerAddress of(Map<String, String> environment, Path home) {
        String port = environment.getOrDefault("KILN_PORT", "8080");
        URI base = URI.create(environment.getOrDefault("KILN_URL", "http://127.0.0.1:" + port));
        if (base.getHost() == null) {
            throw new IllegalStateException(
                    "KILN_URL is '" + base + "', but must be an address such as http://127.0.0.1:8080");
        }
        String user = environment.getOrDefault("KILN_USER", "admin");
        return new ServerAddress(base, user, password(environment, home));
    }

    private static String password(Map<String, String> environment, Path home) {
        String given = environment.get("KILN_PASSWORD");
        if (given != null) {
            return given;
        }
        Path file = Optional.ofNullable(environment.get("KILN_PASSWORD_FILE"))
                .map(Path::of)
                .orElse(home.resolve("admin-password"));
        if (!Files.exists(file)) {
            throw new IllegalStateException("there is no password in " + file
                    + "; start a server with 'kiln up', or set KILN_URL, KILN_USER and KILN_PASSWORD_FILE");
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the password file " + file + " cannot be read", e);
        }
    }
}
