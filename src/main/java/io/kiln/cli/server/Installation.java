package io.kiln.cli.server;

import io.kiln.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The programs that this command line belongs to: an unpacked archive, or the {@code target} folder of a checkout, which looks the same.
 *
 * @param folder holds {@code server}, {@code kiln.war} and {@code lib}; nothing in it is ever written to
 * @param checkout the checkout it was built in; empty for an unpacked archive
 */
public record Installation(Path folder, Optional<Path> checkout) {
    /** Returns the installation that the launcher script named. */
    public static Installation current() {
        String folder = System.getProperty("kiln.installation");
        if (folder == null) {
            throw new CommandFailure("Start Kiln with its launcher script, kiln.");
        }
        return new Installation(
                Path.of(folder),
                Optional.ofNullable(System.getProperty("kiln.checkout")).map(Path::of));
    }

    /** WildFly as it was provisioned. */
    public Path server() {
        return existing("server");
    }

    /** The application. */
    public Path application() {
        return existing("kiln.war");
    }

    /** The sources of the simulated CUDA driver, and its build script. */
    Path simulatedDriver() {
        return checkout.map(folder -> folder.resolve("src/test/native"))
                .orElseGet(() -> existing("simulated-gpus/driver"));
    }

    /** The sources of the kernels, which the simulated driver is built with. */
    Path kernels() {
        return checkout.map(folder -> folder.resolve("src/main/cuda"))
                .orElseGet(() -> existing("simulated-gpus/kernels"));
    }

    /** Home where KILN_HOME is not set: inside a checkout, or in the user's folder, which outlives an upgrade of the archive. */
    public Path defaultHome() {
        return checkout.map(folder -> folder.resolve(".kiln"))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kiln"));
    }

    private Path existing(String name) {
        Path path = folder.resolve(name);
        if (!Files.exists(path)) {
            throw new CommandFailure(path + " is missing: "
                    + checkout.map(any -> "build it with mvn package.").orElse("unpack the archive again."));
        }
        return path;
    }
}
