package io.kiln.cli.home;

import io.kiln.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the environment says about a Kiln. Names and defaults stand in docs/operating.md.
 *
 * @param home folder of everything that this Kiln keeps
 * @param port of REST and console, 1 to 65535
 * @param managementPort of WildFly's admin console, health and metrics, 1 to 65535
 * @param bindAddress address that {@code port} listens on
 * @param managementBindAddress address that {@code managementPort} listens on
 * @param behindProxy whether X-Forwarded headers of a reverse proxy are believed
 * @param javaOptions options for the server's Java, after Kiln's own
 * @param data the data roots, separated by colons
 * @param database a PostgreSQL of the operator's own; empty for the one that comes with Kiln
 */
public record Settings(
        Path home,
        int port,
        int managementPort,
        String bindAddress,
        String managementBindAddress,
        boolean behindProxy,
        List<String> javaOptions,
        String data,
        Optional<Database> database) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

    /**
     * Reads the settings.
     *
     * @param environment variables by name
     * @param defaultHome home where KILN_HOME is not set
     * @throws CommandFailure when a value is not what its variable takes
     */
    public static Settings from(Map<String, String> environment, Path defaultHome) {
        Path home = value(environment, "KILN_HOME")
                .map(Path::of)
                .orElse(defaultHome)
                .toAbsolutePath()
                .normalize();
        return new Settings(
                home,
                port(environment, "KILN_PORT", 8080),
                port(environment, "KILN_MANAGEMENT_PORT", 9990),
                value(environment, "KILN_BIND").orElse(LOOPBACK),
                value(environment, "KILN_MANAGEMENT_BIND").orElse(LOOPBACK),
                truth(environment, "KILN_BEHIND_PROXY"),
                value(environment, "KILN_JAVA_OPTS")
                        .map(options -> List.of(options.split("\\s+")))
                        .orElse(List.of()),
                value(environment, "KILN_DATA")
                        .map(folders -> Stream.of(folders.split(":"))
                                .map(Settings::absolute)
                                .collect(Collectors.joining(":")))
                        .orElse(home.resolve("data").toString()),
                database(environment));
    }

    /** A folder as it is named from everywhere; nothing stays nothing. */
    public static String absolute(String folder) {
        return folder.isBlank()
                ? folder
                : Path.of(folder.strip()).toAbsolutePath().normalize().toString();
    }

    /** Where REST and console are reached from this machine. */
    public HostAndPort address() {
        return reached(bindAddress, port);
    }

    /** Where admin console, health and metrics are reached from this machine. */
    public HostAndPort managementAddress() {
        return reached(managementBindAddress, managementPort);
    }

    /** Whether one of the two ports is listened on at every address of this machine. */
    public boolean isBoundEverywhere() {
        return EVERYWHERE.contains(bindAddress) || EVERYWHERE.contains(managementBindAddress);
    }

    private static HostAndPort reached(String bound, int port) {
        return new HostAndPort(EVERYWHERE.contains(bound) ? LOOPBACK : bound, port);
    }

    private static Optional<Database> database(Map<String, String> environment) {
        return value(environment, "KILN_DB_URL").map(url -> {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new CommandFailure("KILN_DB_URL is \"" + url + "\": write jdbc:postgresql://HOST:PORT/DATABASE.");
            }
            String user = value(environment, "KILN_DB_USER")
                    .orElseThrow(() -> new CommandFailure("KILN_DB_URL is set but KILN_DB_USER is not."));
            return new Database(url, user, password(environment));
        });
    }

    private static String password(Map<String, String> environment) {
        Optional<String> file = value(environment, "KILN_DB_PASSWORD_FILE");
        if (file.isEmpty()) {
            return value(environment, "KILN_DB_PASSWORD")
                    .orElseThrow(() -> new CommandFailure(
                            "KILN_DB_URL is set, but neither KILN_DB_PASSWORD_FILE nor KILN_DB_PASSWORD is."));
        }
        try {
            return Files.readString(Path.of(file.get())).strip();
        } catch (IOException e) {
            throw new CommandFailure("Cannot read KILN_DB_PASSWORD_FILE " + file.get() + ": " + e, e);
        }
    }

    /** False where it is not set. */
    private static boolean truth(Map<String, String> environment, String name) {
        String text = value(environment, name).orElse("false");
        if (!List.of("true", "false").contains(text)) {
            throw new CommandFailure(name + " is \"" + text + "\": it takes true or false.");
        }
        return text.equals("true");
    }

    private static int port(Map<String, String> environment, String name, int otherwise) {
        String text = value(environment, name).orElse(Integer.toString(otherwise));
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new CommandFailure(name + " is \"" + text + "\": it takes a port number from 1 to 65535.", e);
        }
        throw new CommandFailure(name + " is " + text + ": it takes a port number from 1 to 65535.");
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
