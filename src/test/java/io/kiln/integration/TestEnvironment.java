package io.kiln.integration;

import io.kiln.cli.home.Database;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.Settings;
import io.kiln.cli.postgresql.EmbeddedPostgres;
import io.kiln.cli.server.ServerProperties;
import io.kiln.security.Role;
import io.kiln.security.user.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Starts PostgreSQL and lays out a home before the first test, on free ports, so that a Kiln that runs on this machine is not in the way. */
public final class TestEnvironment implements LauncherSessionListener {
    private EmbeddedPostgres postgres;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("kiln.it.server") == null) {
            return;
        }
        try {
            open(Path.of(System.getProperty("kiln.it.home")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (postgres == null) {
            return;
        }
        try {
            TestWildFly.stop();
            postgres.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(Path folder) throws IOException {
        KilnHome home = KilnHome.create(folder);
        Path postgresFolder = home.postgresql();
        postgres = new EmbeddedPostgres(postgresFolder);
        postgres.stop();
        delete(postgresFolder.resolve("data"));
        delete(home.users());
        delete(home.folder().resolve("data"));
        Files.createDirectories(home.users());
        Files.createDirectories(home.folder().resolve("data"));
        Database database = postgres.start();
        for (Role role : Role.values()) {
            new Users(home.users()).add(TestServer.user(role), role, TestServer.password(role));
        }
        publish(home, database);
    }

    private static void publish(KilnHome home, Database database) throws IOException {
        Settings settings =
                Settings.from(Map.of("KILN_PORT", newPort(), "KILN_MANAGEMENT_PORT", newPort()), home.folder());
        Path properties = home.serverProperties();
        String mailPort = newPort();
        Files.writeString(
                properties, ServerProperties.text(home, settings, database) + TestServer.notifications(mailPort));
        System.setProperty("kiln.it.mail.port", mailPort);
        System.setProperty("kiln.it.properties", properties.toString());
        System.setProperty("kiln.it.base", home.folder().resolve("base").toString());
        System.setProperty("kiln.it.port", Integer.toString(settings.port()));
        System.setProperty("kiln.it.management.port", Integer.toString(settings.managementPort()));
        System.setProperty("kiln.it.runs", System.getProperty("kiln.it.runs", "200"));
        System.setProperty("kiln.it.db.url", database.url());
        System.setProperty("kiln.it.db.user", database.user());
        System.setProperty("kiln.it.db.password", database.password());
    }

    private static String newPort() {
        return Integer.toString(TestPorts.choose());
    }

    /** Out of the way first: what still runs of a test before finds the folder no more, and adds nothing to it. */
    static void delete(Path folder) throws IOException {
        Path aside = folder.resolveSibling(folder.getFileName() + ".deleted");
        deleteAll(aside);
        if (Files.exists(folder)) {
            Files.move(folder, aside);
            deleteAll(aside);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
