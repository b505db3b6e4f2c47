package io.kiln.cli.client;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.HostAndPort;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the server is and who asks.
 *
 * @param base without {@code /api}, for example {@code http://127.0.0.1:8080}
 * @param authorization what each request says in its header of that name; a secret
 */
public record ServerAddress(URI base, String authorization) {
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "::1");
    private static final int HTTP_PORT = 80;

    /**
     * Another server's address by KILN_URL, and who asks by KILN_TOKEN_FILE, or by KILN_USER and KILN_PASSWORD or KILN_PASSWORD_FILE; without KILN_URL the
     * server of this home, without the others its admin. The admin's password of this home is told to no other server.
     *
     * @param environment variables by name
     * @param settings of the home
     * @throws CommandFailure when there is no password to be found, saying where it was looked for
     */
    public static ServerAddress of(Map<String, String> environment, Settings settings) {
        HostAndPort own = settings.address();
        URI base = URI.create(environment.getOrDefault("KILN_URL", "http://" + own));
        if (base.getHost() == null) {
            throw new CommandFailure(
                    "KILN_URL is '" + base + "', but must be an address such as http://127.0.0.1:8080");
        }
        String tokenFile = environment.get("KILN_TOKEN_FILE");
        if (tokenFile != null) {
            return new ServerAddress(base, "Bearer " + content("token", Path.of(tokenFile)));
        }
        String user = environment.getOrDefault("KILN_USER", "admin");
        return withPassword(
                base,
                user,
                password(environment, isOwn(base, own) ? Optional.of(settings.home()) : Optional.empty(), base));
    }

    /** A person who asks with their password. */
    public static ServerAddress withPassword(URI base, String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ServerAddress(base, "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    /** Keeps the secret out of messages. */
    @Override
    public String toString() {
        return base.toString();
    }

    private static boolean isOwn(URI base, HostAndPort own) {
        HostAndPort asked = new HostAndPort(base.getHost(), base.getPort() < 0 ? HTTP_PORT : base.getPort());
        boolean isHere = HERE.contains(own.host()) && HERE.contains(asked.host()) && asked.port() == own.port();
        return (isHere || asked.equals(own)) && "http".equals(base.getScheme());
    }

    private static String password(Map<String, String> environment, Optional<Path> home, URI base) {
        String given = environment.get("KILN_PASSWORD");
        if (given != null) {
            return given;
        }
        Path file = Optional.ofNullable(environment.get("KILN_PASSWORD_FILE"))
                .map(Path::of)
                .or(() -> home.map(KilnHome::new).map(KilnHome::adminPassword))
                .orElseThrow(() -> new CommandFailure("nothing says who asks " + base
                        + "; set KILN_TOKEN_FILE, or KILN_USER and KILN_PASSWORD_FILE"));
        if (!Files.exists(file)) {
            throw new CommandFailure("there is no password in " + file
                    + "; start a server with 'kiln up', or set KILN_URL, KILN_USER and KILN_PASSWORD_FILE");
        }
        return content("password", file);
    }

    private static String content(String what, Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new CommandFailure("the " + what + " file " + file + " cannot be read: " + e, e);
        }
    }
}
