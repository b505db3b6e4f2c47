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
import java.util.stream.Stream;

/** WildFly's base folder in a home: what an administrator changes there stays, until a new version of Kiln brings a configuration of its own. */
public final class ServerFolder {
    private static final String CONFIGURATION = "standalone.xml";
    private static final String AS_SHIPPED = "standalone.as-shipped.xml";

    private final KilnHome home;
    private final Installation installation;

    public ServerFolder(KilnHome home, Installation installation) {
        this.home = home;
        this.installation = installation;
    }

    /** Makes the folder ready for a start: configuration, application, settings. The server must not run. */
    public void prepare(Settings settings, Database database) throws IOException {
        Files.createDirectories(home.serverLog().getParent());
        PrivateFiles.folder(home.users());
        Files.createDirectories(home.results());
        configure();
        deploy();
        PrivateFiles.write(home.serverProperties(), ServerProperties.text(home, settings, database));
    }

    private void configure() throws IOException {
        Path shipped = installation.server().resolve("standalone").resolve("configuration");
        Path own = home.server().resolve("configuration");
        Files.createDirectories(own);
        try (Stream<Path> files = Files.list(shipped)) {
            files.filter(Files::isRegularFile).forEach(file -> copyUnlessThere(file, own.resolve(file.getFileName())));
        }
        Path before = own.resolve(AS_SHIPPED);
        if (Files.exists(before) && Files.mismatch(shipped.resolve(CONFIGURATION), before) == -1) {
            return;
        }
        if (Files.exists(before)) {
            // why: the administrator's changes to the older version's configuration are kept to be looked up, not
            // merged by guessing
            Files.move(
                    own.resolve(CONFIGURATION),
                    own.resolve("standalone.before-upgrade.xml"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(shipped.resolve(CONFIGURATION), own.resolve(CONFIGURATION), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(shipped.resolve(CONFIGURATION), before, StandardCopyOption.REPLACE_EXISTING);
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
