package io.kiln.cli.home;

import io.kiln.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of everything that one Kiln keeps: database, server configuration, users, logs, results.
 *
 * @param folder absolute path
 */
public record KilnHome(Path folder) {
    /**
     * Makes the folder where it is missing, closed to others.
     *
     * @throws CommandFailure when it cannot be made or written to
     */
    public static KilnHome create(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.deleteIfExists(Files.createTempFile(folder, ".writable", null));
            return new KilnHome(folder);
        } catch (IOException e) {
            throw new CommandFailure(
                    "Cannot write to KILN_HOME " + folder + " (" + e
                            + "). Set KILN_HOME to a folder that you can write to.",
                    e);
        }
    }

    /** The database cluster, its binaries, log and port. */
    public Path postgresql() {
        return folder.resolve("postgresql");
    }

    /** WildFly's base folder: configuration, data, log, deployments. */
    public Path server() {
        return folder.resolve("server");
    }

    public Path serverLog() {
        return server().resolve("log").resolve("server.log");
    }

    /** What the server writes before its log is open, and what Java itself says. */
    public Path consoleLog() {
        return server().resolve("log").resolve("console.log");
    }

    /** Settings with secrets in them, for the server alone. */
    public Path serverProperties() {
        return folder.resolve("server.properties");
    }

    /** Which process is the server. */
    public Path serverProcess() {
        return folder.resolve("server.process");
    }

    /** The folder of the realm's users. */
    public Path users() {
        return folder.resolve("users");
    }

    /** Notes of what was done to the users, until the server takes them into its audit. */
    public Path audit() {
        return folder.resolve("audit");
    }

    /** The first administrator's password. */
    public Path adminPassword() {
        return folder.resolve("admin-password");
    }

    /** Where outputs go whose data root is read-only. */
    public Path results() {
        return folder.resolve("results");
    }

    /** The simulated CUDA driver, where somebody has asked for it. */
    public Path simulatedGpus() {
        return folder.resolve("simulated-gpus");
    }

    Path lockFile() {
        return folder.resolve("lock");
    }
}
