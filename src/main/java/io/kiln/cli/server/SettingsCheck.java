package io.kiln.cli.server;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.Settings;
import io.kiln.settings.GivenSettings;
import io.kiln.settings.NotificationSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at what a server is to be told, before anything is started: the server itself would say it late, and in its log. */
public final class SettingsCheck {
    private final Settings settings;
    private final Map<String, String> environment;

    /** @param environment variables by name, from which the server reads the rest of its settings */
    public SettingsCheck(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /**
     * Returns what may be meant but is likely not: folders that are not there, for example because their file systems are not mounted yet, or a
     * file that cannot be read.
     *
     * @throws CommandFailure when a server cannot work with a setting; the message names its variable
     */
    public List<String> warnings() {
        requireTwoPorts();
        GivenSettings given = new GivenSettings(this::text);
        io.kiln.settings.Settings server = checked(given::ofServer);
        List<String> warnings = new ArrayList<>();
        checked(given::ofNotifications)
                .mail()
                .flatMap(NotificationSettings.Mail::passwordFile)
                .filter(file -> !Files.isRegularFile(file) || !Files.isReadable(file))
                .map(file -> "KILN_SMTP_PASSWORD_FILE is " + file
                        + ", which is no file that this user can read: no mail is sent until it is.")
                .ifPresent(warnings::add);
        for (Path folder : server.data()) {
            if (folder.getParent() == null) {
                throw new CommandFailure("KILN_DATA has " + folder + ": a data root lies below it.");
            }
            absence("KILN_DATA", folder)
                    .map(what -> what + "Mount it and start Kiln again, or make it and then: kiln roots add " + folder)
                    .ifPresent(warnings::add);
        }
        absence("KILN_RESULTS", server.results())
                .map(what -> what + "Mount it, or make it, and start Kiln again: no output can go there until then.")
                .or(() -> readOnly("KILN_RESULTS", server.results()))
                .ifPresent(warnings::add);
        server.scratch()
                .ifPresent(folder -> absence("KILN_SCRATCH", folder)
                        .map(what -> what + "Mount it: the first run makes it where it is missing.")
                        .or(() -> readOnly("KILN_SCRATCH", folder))
                        .ifPresent(warnings::add));
        return warnings;
    }

    private void requireTwoPorts() {
        boolean meet = settings.bindAddress().equals(settings.managementBindAddress()) || settings.isBoundEverywhere();
        if (meet && settings.port() == settings.managementPort()) {
            throw new CommandFailure(
                    "KILN_PORT and KILN_MANAGEMENT_PORT are both " + settings.port() + ": choose two ports.");
        }
    }

    private static <T> T checked(Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage() + ".", e);
        }
    }

    private Optional<String> text(String name) {
        return switch (name) {
            case "kiln.home" -> Optional.of(settings.home().toString());
            case "kiln.data" -> Optional.of(settings.data());
            default -> Optional.ofNullable(environment.get(GivenSettings.variable(name)));
        };
    }

    private static Optional<String> readOnly(String variable, Path folder) {
        return Files.exists(folder) && !Files.isWritable(folder)
                ? Optional.of(variable + " is " + folder
                        + ", where this user may not write: nothing can go there until that changes.")
                : Optional.empty();
    }

    /** Says that a folder is missing; Kiln makes those of its own home. */
    private Optional<String> absence(String variable, Path given) {
        Path folder = given.toAbsolutePath().normalize();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new CommandFailure(variable + " names " + folder + ", which is no folder.");
        }
        return Files.exists(folder) || folder.startsWith(settings.home())
                ? Optional.empty()
                : Optional.of(variable + " names " + folder + ", but there is no such folder. ");
    }
}
