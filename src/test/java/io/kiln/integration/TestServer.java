package io.kiln.integration;

import io.kiln.cli.client.KilnClient;
import io.kiln.cli.client.ServerAddress;
import io.kiln.security.Role;
import jakarta.json.Json;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The server under test, seen from outside. For tests that run as clients; inside the server these properties do not exist. */
public final class TestServer {
    /**
     * Options for Java: the second compiler takes half of a server's start, the collector's threads a tenth, and a test's server does not live long
     * enough to get that back.
     */
    public static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Map<Role, String> TOKENS = new ConcurrentHashMap<>();

    private TestServer() {}

    /** Address of the application, ending in a slash. */
    public static URI address() {
        return base().resolve("/");
    }

    /** Address of management, health and metrics, ending in a slash. */
    public static URI managementAddress() {
        return URI.create("http://127.0.0.1:" + System.getProperty("kiln.it.management.port") + "/");
    }

    /** By what the server tells people: a mail server that a test may start, and webhooks on this machine. */
    static String notifications(String mailPort) {
        return """
                kiln.smtp.host=127.0.0.1
                kiln.smtp.port=%s
                kiln.smtp.security=none
                kiln.smtp.from=kiln@example.org
                kiln.webhook.hosts=127.0.0.1
                kiln.console.url=https://kiln.example.org
                """.formatted(mailPort);
    }

    /** Where the server looks for its mail server. */
    public static int mailPort() {
        return Integer.getInteger("kiln.it.mail.port");
    }

    /** The folder that is the server's home and holds its only data root, {@code data}. */
    public static Path home() {
        return Path.of(System.getProperty("kiln.it.home"));
    }

    /** Opens a connection to the server's database. */
    public static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                System.getProperty("kiln.it.db.url"),
                System.getProperty("kiln.it.db.user"),
                System.getProperty("kiln.it.db.password"));
    }

    /** There is one user of each role, who has the role's name. */
    public static String user(Role role) {
        return role.id();
    }

    public static String password(Role role) {
        return role.id() + "-password";
    }

    /** Where the application is, and the role's user who asks with the password: a tenth of a second of the processor each time. */
    public static ServerAddress withPassword(Role role) {
        return ServerAddress.withPassword(base(), user(role), password(role));
    }

    /** Where the application is, and the role's user who asks with a token, as scripts do. */
    public static ServerAddress withToken(Role role) {
        return new ServerAddress(base(), "Bearer " + token(role));
    }

    /** A token of the role's user, which manages neither users nor tokens. */
    public static String token(Role role) {
        return TOKENS.computeIfAbsent(role, whose -> newToken(withPassword(whose)));
    }

    /** Has whoever asks there make a token of theirs. */
    public static String newToken(ServerAddress withPassword) {
        return new KilnClient(withPassword)
                .post(
                        "/api/tokens",
                        Json.createObjectBuilder().add("name", "tests").build())
                .getString("secret");
    }

    /** The address as commands and origins have it: without a slash at its end. */
    public static URI base() {
        return URI.create("http://127.0.0.1:" + System.getProperty("kiln.it.port"));
    }
}
