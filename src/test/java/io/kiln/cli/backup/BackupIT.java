package io.kiln.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.Database;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.postgresql.EmbeddedPostgres;
import io.kiln.security.Role;
import io.kiln.security.user.Users;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupIT {
    @TempDir
    private static Path shared;

    private static EmbeddedPostgres postgres;
    private static Database database;

    @TempDir
    private Path folder;

    private KilnHome home;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = new EmbeddedPostgres(shared.resolve("postgresql"));
        database = postgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.stop();
    }

    @BeforeEach
    void makeTables() throws IOException, SQLException {
        home = KilnHome.create(folder.resolve("home"));
        Files.createDirectories(home.users());
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .locations("classpath:db")
                .load()
                .migrate();
    }

    @Test
    void whatWasBackedUpComesBackAndWhatCameLaterIsGone() throws Exception {
        new Users(home.users()).add("ada", Role.OPERATOR, "before the backup");
        execute(
                "INSERT INTO job_instance (jobname, applicationname) VALUES ('tomo-full', 'a\tb\\c''d'), ('tomo-try', NULL)");
        execute(
                "INSERT INTO audit (who, action, subject, detail) VALUES ('ada', 'create', 'batch', '{\"name\": \"Zähne\"}')");
        List<String> before = rows();
        Path file = folder.resolve("backup.zip");
        new Backup(home, database).write(file);

        new Users(home.users()).remove("ada");
        new Users(home.users()).add("bob", Role.ADMIN, "after the backup");
        execute("DELETE FROM job_instance WHERE jobname = 'tomo-try'");
        execute("INSERT INTO job_instance (jobname) VALUES ('later')");
        new Restore(home, database).read(file, true);

        assertThat(rows()).isEqualTo(before);
        assertThat(new Users(home.users()).list()).containsOnlyKeys("ada");
    }

    /** Events have the numbers of other transactions afterwards. */
    @Test
    void nobodyIsToldAgainOrNoMoreOfWhatHappenedBeforeTheBackup() throws Exception {
        execute("INSERT INTO notification_cursor (transaction, number) VALUES (300000, 7)");
        Path file = folder.resolve("backup.zip");
        new Backup(home, database).write(file);

        new Restore(home, database).read(file, true);

        assertThat(query("SELECT transaction FROM notification_cursor")).isEmpty();
    }

    @Test
    void aBackupOfWhichAFileIsDamagedChangesNothing() throws Exception {
        Files.writeString(home.users().resolve("olga"), "a file of a user that is damaged later");
        Path file = folder.resolve("backup.zip");
        new Backup(home, database).write(file);
        execute("INSERT INTO job_instance (jobname) VALUES ('later')");
        List<String> before = rows();
        Path damaged = damagedIn(file, "home/users/olga");

        assertThatThrownBy(() -> new Restore(home, database).read(damaged, true))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("users/olga");

        assertThat(rows()).isEqualTo(before);
        assertThat(home.users().resolve("olga")).hasContent("a file of a user that is damaged later");
    }

    /** The same archive, in which one letter of an entry is another one. */
    private Path damagedIn(Path file, String damaged) throws IOException {
        Path copy = folder.resolve("damaged.zip");
        byte[] content;
        try (ZipFile zip = new ZipFile(file.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                ZipEntry stored = new ZipEntry(entry.getName());
                stored.setMethod(ZipEntry.STORED);
                stored.setSize(bytes.length);
                stored.setCrc(entry.getCrc());
                out.putNextEntry(stored);
                out.write(bytes);
                out.closeEntry();
            }
            content = zip.getInputStream(zip.getEntry(damaged)).readAllBytes();
        }
        byte[] whole = Files.readAllBytes(copy);
        int at = new String(whole, StandardCharsets.ISO_8859_1)
                .indexOf(new String(content, StandardCharsets.ISO_8859_1));
        whole[at]++;
        return Files.write(copy, whole);
    }

    @Test
    void numbersGoOnWhereTheyWere() throws Exception {
        execute("INSERT INTO job_instance (jobname) VALUES ('one'), ('two'), ('three')");
        execute("DELETE FROM job_instance WHERE jobname = 'three'");
        Path file = folder.resolve("backup.zip");
        new Backup(home, database).write(file);
        new Restore(home, database).read(file, true);
        execute("INSERT INTO job_instance (jobname) VALUES ('four')");
        assertThat(query("SELECT jobinstanceid FROM job_instance WHERE jobname = 'four'"))
                .containsExactly("4");
    }

    @Test
    void theFileIsForItsOwnerAlone() throws Exception {
        Path file = folder.resolve("backup.zip");
        new Backup(home, database).write(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> new Backup(home, database).write(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("exists already");
    }

    @Test
    void aDatabaseThatHoldsSomethingIsReplacedByForceOnly() throws Exception {
        Path file = folder.resolve("backup.zip");
        new Backup(home, database).write(file);
        execute("INSERT INTO job_instance (jobname) VALUES ('kept')");
        assertThatThrownBy(() -> new Restore(home, database).read(file, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--force");
        assertThat(rows()).hasSize(1);
    }

    @Test
    void aDamagedBackupChangesNothing() throws Exception {
        Path file = folder.resolve("backup.zip");
        new Backup(home, database).write(file);
        execute("INSERT INTO job_instance (jobname) VALUES ('kept')");
        byte[] bytes = Files.readAllBytes(file);
        Path half = Files.write(folder.resolve("half.zip"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> new Restore(home, database).read(half, true))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no backup of Kiln, or is damaged");
        assertThat(rows()).hasSize(1);
    }

    private List<String> rows() throws SQLException {
        List<String> rows =
                new ArrayList<>(query("SELECT job_instance::text FROM job_instance ORDER BY jobinstanceid"));
        rows.addAll(query("SELECT audit::text FROM audit ORDER BY id"));
        return rows;
    }

    private List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
