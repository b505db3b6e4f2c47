package io.kiln.cli.client;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.Settings;
import java.io.IOException;
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
     * Another server's address by KILN_URL, KILN_USER and KILN_PASSWORD or KILN_PASSWORD_FILE; without KILN_URL the server of this home, as its admin.
     *
     * @param environment variables by name
     * @param settings of the home
     * @throws CommandFailure when there is no password to be found, saying where it was looked for
     */
    public static ServerAddress of(Map<String, String> environment, Settings settings) {
        URI base = URI.create(environment.getOrDefault("KILN_URL", "http://127.0.0.1:" + settings.port()));
        if (base.getHost() == null) {
            throw new CommandFailure(
                    "KILN_URL is '" + base + "', but must be an address such as http://127.0.0.1:8080");
        }
        String user = environment.getOrDefault("KILN_USER", "admin");
        return new ServerAddress(base, user, password(environment, settings.home()));
    }

    private static String password(Map<String, String> environment, Path home) {
        String given = environment.get("KILN_PASSWORD");
        if (given != null) {
            return given;
        }
        Path file = Optional.ofNullable(environment.get("KILN_PASSWORD_FILE"))
                .map(Path::of)
                .orElse(new KilnHome(home).adminPassword());
        if (!Files.exists(file)) {
            throw new CommandFailure("there is no password in " + file
                    + "; start a server with 'kiln up', or set KILN_URL, KILN_USER and KILN_PASSWORD_FILE");
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new CommandFailure("the password file " + file + " cannot be read: " + e, e);
        }
    }
}
