package io.kiln.integration;

import io.kiln.security.Role;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The server under test, seen from outside. For tests that run as clients; inside the server these properties do not exist. */
public final class TestServer {
    private TestServer() {}

    /** Address of the application, ending in a slash. */
    public static URI address() {
        return URI.create("http://127.0.0.1:" + System.getProperty("kiln.it.port") + "/");
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
}
