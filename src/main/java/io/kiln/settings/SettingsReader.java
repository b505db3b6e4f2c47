package io.kiln.settings;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Reads the settings by MicroProfile Config: system properties such as {@code kiln.data}, else the environment such as {@code KILN_DATA}. */
@Dependent
public class SettingsReader {
    /** Every setting of the server. */
    static final Set<String> SERVER = Set.of(
            "kiln.home",
            "kiln.data",
            "kiln.results",
            "kiln.scratch",
            "kiln.node",
            "kiln.gpus",
            "kiln.cpu.devices",
            "kiln.cpu.threads",
            "kiln.cpu.memory.mib",
            "kiln.disk.reserve.mib",
            "kiln.events.days",
            "kiln.jobs.days",
            "kiln.smtp.host",
            "kiln.smtp.port",
            "kiln.smtp.security",
            "kiln.smtp.from",
            "kiln.smtp.user",
            "kiln.smtp.password.file",
            "kiln.webhook.hosts",
            "kiln.console.url");

    /** What the launcher and the server's own configuration read. */
    static final Set<String> LAUNCHER = Set.of(
            "kiln.port",
            "kiln.bind",
            "kiln.management.port",
            "kiln.management.bind",
            "kiln.behind.proxy",
            "kiln.java.opts",
            "kiln.db.url",
            "kiln.db.user",
            "kiln.db.password",
            "kiln.db.password.file");

    /** What the command line reads where it asks a server: the shell that starts one may have it, too. */
    static final Set<String> CLIENT =
            Set.of("kiln.url", "kiln.user", "kiln.password", "kiln.password.file", "kiln.token.file");

    /** @throws IllegalArgumentException saying which setting has which wrong value */
    @Produces
    @Singleton
    public Settings read(Config config) {
        return given(config).ofServer();
    }

    /** @throws IllegalArgumentException saying which setting has which wrong value */
    @Produces
    @Singleton
    public NotificationSettings readNotifications(Config config) {
        return given(config).ofNotifications();
    }

    private static GivenSettings given(Config config) {
        return new GivenSettings(name -> config.getOptionalValue(name, String.class));
    }

    /** Names that look like settings and are none: misspelled, or of another version. */
    public static List<String> unknown(Config config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("kiln.") || name.startsWith("KILN_"))
                .filter(name -> !isKnown(name.toLowerCase(Locale.ROOT).replace('_', '.')))
                .sorted()
                .toList();
    }

    private static boolean isKnown(String name) {
        return SERVER.contains(name) || LAUNCHER.contains(name) || CLIENT.contains(name);
    }
}
