package io.kiln.cli.backup;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.Database;
import io.kiln.cli.home.KilnHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Brings a backup back. The tables are made and filled in a schema aside, which takes the place of the old one in a single transaction: a restore that fails leaves
 * everything as it was. The settings are written aside before, so that what can fail has been done when the tables are swapped.
 */
public final class Restore {
    private static final String ASIDE = "kiln_restoring";
    private static final String CURSOR = "notification_cursor";

    private final KilnHome home;
    private final Database database;

    public Restore(KilnHome home, Database database) {
        this.home = home;
        this.database = database;
    }

    static String entry(String table) {
        return "tables/" + table;
    }

    /**
     * Restores a file.
     *
     * @param force whether to replace what the database holds
     * @return how many rows were restored
     * @throws CommandFailure when the file is no backup, was made by a newer Kiln, or the database holds something and {@code force} is not given
     */
    public long read(Path file, boolean force) throws IOException, SQLException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(Manifest.ENTRY);
            if (entry == null) {
                throw new CommandFailure(file + " is no whole backup of Kiln: it has no manifest.");
            }
            Manifest manifest = Manifest.read(zip.getInputStream(entry));
            HomeFiles files = new HomeFiles(home);
            requireWhole(zip);
            files.requireInside(zip);
            try (RestoredFiles settings = files.stage(zip)) {
                long rows = restoreDatabase(zip, manifest, force);
                settings.putInPlace();
                return rows;
            }
        } catch (ZipException e) {
            throw new CommandFailure(file + " is no backup of Kiln, or is damaged: " + e.getMessage(), e);
        }
    }

    /** A file of a ZIP archive is not compared with its checksum by who reads it. */
    private static void requireWhole(ZipFile zip) throws IOException {
        for (ZipEntry entry : zip.stream().toList()) {
            try (CheckedInputStream content = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
                content.transferTo(OutputStream.nullOutputStream());
                if (content.getChecksum().getValue() != entry.getCrc()) {
                    throw new ZipException("the checksum of " + entry.getName() + " is not its content's");
                }
            }
        }
    }

    private long restoreDatabase(ZipFile zip, Manifest manifest, boolean force) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            String schema = connection.getSchema();
            requireEmpty(new Catalog(connection, schema), force);
            statement.execute("DROP SCHEMA IF EXISTS " + ASIDE + " CASCADE");
            migrate(manifest);
            connection.setAutoCommit(false);
            statement.execute("SET search_path TO " + ASIDE);
            long rows = copyTables(zip, manifest, new Catalog(connection, ASIDE));
            setSequences(connection, manifest.sequences());
            forgetWhoWasTold(statement, manifest);
            statement.execute("DROP SCHEMA " + TableCopy.quoted(schema) + " CASCADE");
            statement.execute("ALTER SCHEMA " + ASIDE + " RENAME TO " + TableCopy.quoted(schema));
            connection.commit();
            return rows;
        }
    }

    /** Events have the restoring transaction's number now: where notifications had come to means nothing any more. They begin with what happens next. */
    private static void forgetWhoWasTold(Statement statement, Manifest manifest) throws SQLException {
        if (manifest.tables().stream().anyMatch(table -> table.name().equals(CURSOR))) {
            statement.execute("DELETE FROM " + CURSOR);
        }
    }

    private static void requireEmpty(Catalog catalog, boolean force) throws SQLException {
        List<String> tables = catalog.tables();
        if (!tables.isEmpty() && !force) {
            throw new CommandFailure("The database holds " + tables.size()
                    + " tables already. To replace them and everything in them, use --force.");
        }
    }

    /** Makes the tables as they were when the backup was made; the server brings them up to date at its next start. */
    private void migrate(Manifest manifest) {
        Flyway flyway = Flyway.configure(Restore.class.getClassLoader())
                .dataSource(database.url(), database.user(), database.password())
                .locations("classpath:db")
                .schemas(ASIDE)
                .target(manifest.schema())
                .load();
        flyway.migrate();
        String reached = flyway.info().current() == null
                ? "none"
                : flyway.info().current().getVersion().getVersion();
        if (!reached.equals(manifest.schema())) {
            throw new CommandFailure("The backup was made by Kiln " + manifest.kiln() + " with schema "
                    + manifest.schema() + "; this Kiln knows schemas up to " + reached
                    + ". Restore it with that version or a newer one.");
        }
    }

    private static long copyTables(ZipFile zip, Manifest manifest, Catalog catalog) throws IOException, SQLException {
        CopyManager copies = catalog.connection().unwrap(PGConnection.class).getCopyAPI();
        long total = 0;
        for (TableCopy table : inOrderOfReferences(manifest.tables(), catalog)) {
            try (Statement statement = catalog.connection().createStatement();
                    InputStream content = zip.getInputStream(zip.getEntry(entry(table.name())))) {
                statement.execute("ALTER TABLE " + TableCopy.quoted(table.name()) + " DISABLE TRIGGER USER");
                long rows = copies.copyIn("COPY " + table.copyTarget() + " FROM STDIN", content);
                statement.execute("ALTER TABLE " + TableCopy.quoted(table.name()) + " ENABLE TRIGGER USER");
                if (rows != table.rows()) {
                    throw new CommandFailure("The backup is damaged: table " + table.name() + " has " + rows
                            + " rows, its manifest says " + table.rows() + ".");
                }
                total += rows;
            }
        }
        return total;
    }

    /** Foreign keys hold while rows come in: what is referred to comes first. */
    private static List<TableCopy> inOrderOfReferences(List<TableCopy> tables, Catalog catalog) throws SQLException {
        List<TableCopy> waiting = new ArrayList<>(tables);
        Set<String> done = new LinkedHashSet<>();
        List<TableCopy> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<TableCopy> next = new ArrayList<>();
            for (TableCopy table : waiting) {
                if (done.containsAll(catalog.references(table.name()))) {
                    next.add(table);
                }
            }
            if (next.isEmpty()) {
                throw new CommandFailure("The tables refer to each other in a circle: " + waiting);
            }
            ordered.addAll(next);
            waiting.removeAll(next);
            next.forEach(table -> done.add(table.name()));
        }
        return ordered;
    }

    private static void setSequences(Connection connection, Map<String, Long> sequences) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT setval(quote_ident(?)::regclass, ?)")) {
            for (Map.Entry<String, Long> sequence : sequences.entrySet()) {
                statement.setString(1, sequence.getKey());
                statement.setLong(2, sequence.getValue());
                statement.execute();
            }
        }
    }
}
