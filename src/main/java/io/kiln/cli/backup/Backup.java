package io.kiln.cli.backup;

import io.kiln.KilnVersion;
import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.Database;
import io.kiln.cli.home.KilnHome;
import io.kiln.volume.Durable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes a backup: a copy of every table as one transaction sees them all, and the home's settings. The server may run meanwhile. The file is readable by its owner
 * alone, for it holds the users' password hashes and the first administrator's password.
 */
public final class Backup {
    private final KilnHome home;
    private final Database database;

    public Backup(KilnHome home, Database database) {
        this.home = home;
        this.database = database;
    }

    /**
     * Writes the backup, whole or not at all.
     *
     * @param file where to; must not exist
     * @return how many rows it holds
     */
    public long write(Path file) throws IOException, SQLException {
        if (Files.exists(file)) {
            throw new CommandFailure(file + " exists already: name a new file.");
        }
        Path folder = file.toAbsolutePath().getParent();
        Path aside = Files.createTempFile(
                folder,
                file.getFileName() + ".",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Manifest manifest = writeAside(aside);
            Durable.rename(aside, file);
            return manifest.tables().stream().mapToLong(TableCopy::rows).sum();
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private Manifest writeAside(Path aside) throws IOException, SQLException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(aside)))) {
            return write(zip);
        }
    }

    private Manifest write(ZipOutputStream zip) throws IOException, SQLException {
        Manifest manifest = copyDatabase(zip);
        HomeFiles files = new HomeFiles(home);
        for (Path file : files.existing()) {
            zip.putNextEntry(new ZipEntry(files.entry(file)));
            Files.copy(file, zip);
            zip.closeEntry();
        }
        zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
        manifest.write(new UnclosedOutputStream(zip));
        zip.closeEntry();
        return manifest;
    }

    private Manifest copyDatabase(ZipOutputStream zip) throws IOException, SQLException {
        try (Connection connection =
                DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            }
            Catalog catalog = new Catalog(connection, connection.getSchema());
            String version = catalog.version()
                    .orElseThrow(() -> new CommandFailure("The database holds no Kiln yet: nothing to back up."));
            List<TableCopy> tables = copyTables(catalog, zip);
            return new Manifest(KilnVersion.current(), version, Instant.now(), tables, catalog.sequences());
        }
    }

    private static List<TableCopy> copyTables(Catalog catalog, ZipOutputStream zip) throws IOException, SQLException {
        CopyManager copies = catalog.connection().unwrap(PGConnection.class).getCopyAPI();
        List<TableCopy> tables = new ArrayList<>();
        for (String name : catalog.dataTables()) {
            TableCopy table = new TableCopy(name, catalog.columns(name), 0);
            zip.putNextEntry(new ZipEntry(Restore.entry(name)));
            long rows = copies.copyOut("COPY " + table.copyTarget() + " TO STDOUT", zip);
            zip.closeEntry();
            tables.add(new TableCopy(name, table.columns(), rows));
        }
        return tables;
    }
}
