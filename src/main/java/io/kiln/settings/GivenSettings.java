package io.kiln.settings;

import io.kiln.device.cuda.PermittedGpus;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Settings as somebody has given them. What is wrong with one is said of its variable, which is what people set.
 *
 * @param texts the text of a setting by its name, such as {@code kiln.data}; empty where it is not given
 */
public record GivenSettings(Function<String, Optional<String>> texts) {
    private static final long MOST_MEBIBYTES = Long.MAX_VALUE >> 20;

    /** The environment's variable of a setting: {@code KILN_DATA} of {@code kiln.data}. */
    public static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** @throws IllegalArgumentException saying which variable has which wrong value */
    public Settings ofServer() {
        Path home = text("kiln.home")
                .map(Path::of)
                .orElseThrow(() -> new IllegalArgumentException(
                        "KILN_HOME is not set: name the folder where Kiln keeps its logs and results"))
                .toAbsolutePath();
        return new Settings(
                home,
                folders(text("kiln.data").orElse(home.resolve("data").toString())),
                text("kiln.results").map(Path::of).orElse(home.resolve("results")),
                text("kiln.scratch").map(Path::of),
                text("kiln.node").orElseGet(GivenSettings::hostName),
                devices(),
                mebibytes("kiln.disk.reserve.mib", 1024),
                new HistoryDays(
                        number("kiln.events.days", HistoryDays.STANDARD.events()),
                        number("kiln.jobs.days", HistoryDays.STANDARD.jobs())));
    }

    /** @throws IllegalArgumentException saying which variable has which wrong value */
    public NotificationSettings ofNotifications() {
        return new NotificationSettings(
                text("kiln.smtp.host").map(this::mail),
                text("kiln.webhook.hosts").stream()
                        .flatMap(hosts -> Arrays.stream(hosts.split(",")))
                        .map(host -> host.strip().toLowerCase(Locale.ROOT))
                        .filter(host -> !host.isEmpty())
                        .collect(Collectors.toSet()),
                text("kiln.console.url").map(GivenSettings::consoleUrl));
    }

    private NotificationSettings.Mail mail(String host) {
        NotificationSettings.Security security =
                text("kiln.smtp.security").map(GivenSettings::security).orElse(NotificationSettings.Security.STARTTLS);
        int standardPort = security == NotificationSettings.Security.TLS ? 465 : 587;
        return new NotificationSettings.Mail(
                host,
                number("kiln.smtp.port", standardPort),
                security,
                text("kiln.smtp.from").orElse("kiln@" + hostName()),
                text("kiln.smtp.user"),
                text("kiln.smtp.password.file").map(Path::of));
    }

    private static NotificationSettings.Security security(String name) {
        return Arrays.stream(NotificationSettings.Security.values())
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "KILN_SMTP_SECURITY is '" + name + "', but must be none, starttls or tls"));
    }

    private static URI consoleUrl(String text) {
        String problem = "KILN_CONSOLE_URL is '" + text + "', but must be an address of http or https with a host";
        try {
            URI address = new URI(text);
            boolean isOfWeb =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (isOfWeb && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(problem, e);
        }
        throw new IllegalArgumentException(problem);
    }

    private DeviceSettings devices() {
        OptionalInt cpuDevices = whole("kiln.cpu.devices", Integer.MAX_VALUE)
                .map(count -> OptionalInt.of(count.intValue()))
                .orElse(OptionalInt.empty());
        int processors = Runtime.getRuntime().availableProcessors();
        return new DeviceSettings(
                text("kiln.gpus").map(PermittedGpus::parse).orElse(PermittedGpus.ALL),
                cpuDevices,
                number("kiln.cpu.threads", Math.max(processors, cpuDevices.orElse(1))),
                mebibytes("kiln.cpu.memory.mib", 512));
    }

    private int number(String name, int standard) {
        return whole(name, Integer.MAX_VALUE).map(Long::intValue).orElse(standard);
    }

    private long mebibytes(String name, long standard) {
        return whole(name, MOST_MEBIBYTES).orElse(standard) << 20;
    }

    /** Whole numbers from −{@code most} to {@code most}; which of them are of use, the settings themselves check. */
    private Optional<Long> whole(String name, long most) {
        return text(name).map(value -> {
            try {
                long number = Long.parseLong(value);
                if (number >= -most && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        variable(name) + " is '" + value + "', but must be a whole number", e);
            }
            throw new IllegalArgumentException(
                    variable(name) + " is " + value + ", but must be from " + -most + " to " + most);
        });
    }

    private Optional<String> text(String name) {
        return texts.apply(name).map(String::strip).filter(value -> !value.isEmpty());
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
            throw new IllegalArgumentException("this machine does not know its own name; set KILN_NODE", e);
        }
    }
}
