package io.kiln.settings;

import io.kiln.device.cuda.PermittedGpus;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
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
        Path home = config.getOptionalValue("kiln.home", String.class)
                .map(Path::of)
                .orElseThrow(() -> new IllegalArgumentException(
                        "kiln.home is not set: name the folder where Kiln keeps its logs and results"))
                .toAbsolutePath();
        return new Settings(
                home,
                folders(text(config, "kiln.data").orElse(home.resolve("data").toString())),
                text(config, "kiln.results").map(Path::of).orElse(home.resolve("results")),
                text(config, "kiln.scratch").map(Path::of),
                text(config, "kiln.node").orElseGet(SettingsReader::hostName),
                devices(config),
                whole(config, "kiln.disk.reserve.mib").orElse(1024L) << 20,
                new HistoryDays(
                        days(config, "kiln.events.days", HistoryDays.STANDARD.events()),
                        days(config, "kiln.jobs.days", HistoryDays.STANDARD.jobs())));
    }

    /** @throws IllegalArgumentException saying which setting has which wrong value */
    @Produces
    @Singleton
    public NotificationSettings readNotifications(Config config) {
        return new NotificationSettings(
                text(config, "kiln.smtp.host").map(host -> mail(config, host)),
                text(config, "kiln.webhook.hosts").stream()
                        .flatMap(hosts -> Arrays.stream(hosts.split(",")))
                        .map(host -> host.strip().toLowerCase(Locale.ROOT))
                        .filter(host -> !host.isEmpty())
                        .collect(Collectors.toSet()),
                text(config, "kiln.console.url").map(URI::create));
    }

    private static NotificationSettings.Mail mail(Config config, String host) {
        NotificationSettings.Security security = text(config, "kiln.smtp.security")
                .map(SettingsReader::security)
                .orElse(NotificationSettings.Security.STARTTLS);
        int standardPort = security == NotificationSettings.Security.TLS ? 465 : 587;
        return new NotificationSettings.Mail(
                host,
                Math.toIntExact(whole(config, "kiln.smtp.port").orElse((long) standardPort)),
                security,
                text(config, "kiln.smtp.from").orElse("kiln@" + hostName()),
                text(config, "kiln.smtp.user"),
                text(config, "kiln.smtp.password.file").map(Path::of));
    }

    private static NotificationSettings.Security security(String name) {
        return Arrays.stream(NotificationSettings.Security.values())
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "kiln.smtp.security is '" + name + "', but must be none, starttls or tls"));
    }

    private static DeviceSettings devices(Config config) {
        OptionalInt cpuDevices = whole(config, "kiln.cpu.devices")
                .map(count -> OptionalInt.of(Math.toIntExact(count)))
                .orElse(OptionalInt.empty());
        int processors = Runtime.getRuntime().availableProcessors();
        return new DeviceSettings(
                text(config, "kiln.gpus").map(PermittedGpus::parse).orElse(PermittedGpus.ALL),
                cpuDevices,
                Math.toIntExact(
                        whole(config, "kiln.cpu.threads").orElse((long) Math.max(processors, cpuDevices.orElse(1)))),
                whole(config, "kiln.cpu.memory.mib").orElse(512L) << 20);
    }

    private static int days(Config config, String name, int standard) {
        return Math.toIntExact(whole(config, name).orElse((long) standard));
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

    private static Optional<String> text(Config config, String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Optional<Long> whole(Config config, String name) {
        return text(config, name).map(value -> {
            try {
                return Long.valueOf(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " is '" + value + "', but must be a whole number", e);
            }
        });
    }

    private static List<Path> folders(String separatedByColons) {
        return Arrays.stream(separatedByColons.split(":"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .toList();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("this machine does not know its own name; set kiln.node", e);
        }
    }
}
