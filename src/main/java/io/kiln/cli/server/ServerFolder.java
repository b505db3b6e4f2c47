package io.kiln.cli.server;

import io.kiln.cli.home.Database;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.PrivateFiles;
import io.kiln.cli.home.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/** WildFly's base folder in a home: what an administrator changes there stays, until a new version of Kiln brings a configuration of its own. */
public final class ServerFolder {
    private static final String CONFIGURATION = "standalone.xml";
    private static final String AS_SHIPPED = "standalone.as-shipped.xml";
    private static final String BEFORE_UPGRADE = "standalone.before-upgrade.xml";

    private final KilnHome home;
    private final Installation installation;

    public ServerFolder(KilnHome home, Installation installation) {
        this.home = home;
        this.installation = installation;
    }

    /**
     * Makes the folder ready for a start: configuration, application, settings. The server must not run.
     *
     * @return the administrator's configuration, where it was changed and a new version's took its place
     */
    public Optional<Path> prepare(Settings settings, Database database) throws IOException {
        Files.createDirectories(home.serverLog().getParent());
        PrivateFiles.folder(home.users());
        Files.createDirectories(home.results());
        Optional<Path> replaced = configure();
        deploy();
        PrivateFiles.write(home.serverProperties(), ServerProperties.text(home, settings, database));
        return replaced;
    }

    private Optional<Path> configure() throws IOException {
        Path folder = installation.server().resolve("standalone").resolve("configuration");
        Path own = home.server().resolve("configuration");
        Files.createDirectories(own);
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> copyUnlessThere(file, own.resolve(file.getFileName())));
        }
        return upgrade(folder.resolve(CONFIGURATION), own);
    }

    /** Each step leaves files from which the next start comes to the same end. */
    private static Optional<Path> upgrade(Path shipped, Path own) throws IOException {
        Path configuration = own.resolve(CONFIGURATION);
        Path before = own.resolve(AS_SHIPPED);
        if (Files.exists(before) && same(shipped, before)) {
            return Optional.empty();
        }
        // why: an administrator's changes to the older version's configuration are kept to be looked up, not merged by
        // guessing
        boolean changed = Files.exists(before) && !same(configuration, before) && !same(configuration, shipped);
        if (changed) {
            replace(configuration, own.resolve(BEFORE_UPGRADE));
        }
        replace(shipped, configuration);
        replace(shipped, before);
        return changed ? Optional.of(own.resolve(BEFORE_UPGRADE)) : Optional.empty();
    }

    private static boolean same(Path one, Path other) throws IOException {
        return Files.mismatch(one, other) == -1;
    }

    /** The target is the old file or the new one at any time. */
    private static void replace(Path from, Path to) throws IOException {
        PrivateFiles.write(to, Files.readString(from));
    }

    private static void copyUnlessThere(Path from, Path to) {
        try {
            if (!Files.exists(to)) {
                Files.copy(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the application where WildFly's deployment scanner finds it; a copy, so that a build does not pull it from under a running server. */
    private void deploy() throws IOException {
        Path deployments = home.server().resolve("deployments");
        Files.createDirectories(deployments);
        try (Stream<Path> markers = Files.list(deployments)) {
            for (Path marker : markers.filter(
                            file -> file.getFileName().toString().startsWith("kiln.war."))
                    .toList()) {
                Files.delete(marker);
            }
        }
        Path application = deployments.resolve("kiln.war");
        Path aside = deployments.resolve(".kiln.war.new");
        Files.copy(installation.application(), aside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(aside, application, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.createFile(deployments.resolve("kiln.war.dodeploy"));
    }
}
