package io.kiln.cli.postgresql;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.Database;
import io.kiln.cli.home.PrivateFiles;
import io.kiln.volume.Durable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;

/** One PostgreSQL cluster in a folder of its own: on loopback, with generated passwords, on a port that it keeps as long as it is free. */
public final class EmbeddedPostgres {
    private static final String NAME = "kiln";
    private static final String SUPERUSER = "postgres";
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");

    private final Path folder;
    private final PostgresBinaries binaries;
    private final Path data;
    private final Path log;
    private final Path portFile;

    /** Describes the cluster in a folder; nothing is touched yet. */
    public EmbeddedPostgres(Path folder) {
        this.folder = folder;
        this.binaries = new PostgresBinaries(folder);
        this.data = folder.resolve("data");
        this.log = folder.resolve("postgresql.log");
        this.portFile = folder.resolve("port");
    }

    /**
     * Starts the cluster, which is made first where there is none; does nothing when it runs.
     *
     * @return how Kiln's own role reaches Kiln's own database
     * @throws CommandFailure when PostgreSQL does not start
     */
    public Database start() throws IOException {
        Files.createDirectories(folder);
        if (!Files.isDirectory(data)) {
            initialise(programs(binaries.toInitialise()));
        }
        if (!isRunning(programs())) {
            Path used = binaries.toStart(major());
            PostgresPrograms programs = programs(used);
            if (isAnotherProgram()) {
                // PostgreSQL would not start beside a program that it takes for itself
                Files.delete(processFile());
            }
            int port = choosePort();
            programs.way().own(folder);
            programs.run(
                    "pg_ctl",
                    "-D",
                    data.toString(),
                    "-l",
                    log.toString(),
                    "-o",
                    "-p " + port,
                    "-w",
                    "-t",
                    "240",
                    "start");
            binaries.removeOthers(used);
        }
        return database();
    }

    /** Stops the cluster; its connections are cut. Does nothing when it does not run. */
    public void stop() throws IOException {
        if (!Files.isDirectory(data)) {
            return;
        }
        PostgresPrograms programs = programs();
        if (isRunning(programs)) {
            programs.run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "-t", "240", "stop");
        }
    }

    /** Returns the port of the running cluster; empty when it does not run. */
    public Optional<Integer> runningPort() throws IOException {
        if (!Files.isDirectory(data) || !isRunning(programs())) {
            return Optional.empty();
        }
        // why: the fourth line of postmaster.pid is the port that this process listens on, whatever the port file says
        return Optional.of(
                Integer.valueOf(Files.readAllLines(processFile()).get(3).strip()));
    }

    private PostgresPrograms programs() throws IOException {
        return programs(binaries.toAsk(major()));
    }

    private PostgresPrograms programs(Path used) throws IOException {
        return new PostgresPrograms(used, log, Unprivileged.find());
    }

    /** The major version of PostgreSQL that reads the data. */
    private String major() throws IOException {
        return Files.readString(data.resolve("PG_VERSION")).strip();
    }

    private boolean isRunning(PostgresPrograms programs) throws IOException {
        return programs.status("pg_ctl", "-D", data.toString(), "status") == 0 && !isAnotherProgram();
    }

    /** After a crash of the machine the process id that PostgreSQL has left may be another program's; pg_ctl would believe, and end, that one. */
    private boolean isAnotherProgram() {
        try {
            String process = Files.readAllLines(processFile()).get(0).strip();
            return !Files.isSameFile(Path.of("/proc", process, "cwd"), data);
        } catch (IOException unknown) {
            // there is no such file, or it has ended since, or this user may not look: then pg_ctl knows best
            return false;
        }
    }

    private Path processFile() {
        return data.resolve("postmaster.pid");
    }

    private void initialise(PostgresPrograms programs) throws IOException {
        Path aside = Files.createTempDirectory(folder, "initialising");
        PrivateFiles.password(superuserPassword());
        programs.way().own(folder);
        programs.run(
                "initdb",
                "--pgdata=" + aside,
                "--username=" + SUPERUSER,
                "--pwfile=" + superuserPassword(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--set=listen_addresses=127.0.0.1",
                "--set=unix_socket_directories=",
                "--set=max_connections=200",
                // why: nobody rolls this log over, so it gets what is out of the ordinary only
                "--set=log_checkpoints=off",
                "--set=log_timezone=UTC",
                "--set=timezone=UTC");
        Files.move(aside, data, StandardCopyOption.ATOMIC_MOVE);
        Durable.force(data.getParent());
    }

    private Database database() throws IOException {
        int port =
                runningPort().orElseThrow(() -> new CommandFailure("PostgreSQL started and ended at once; see " + log));
        String password = PrivateFiles.password(folder.resolve("password"));
        String server = "jdbc:postgresql://127.0.0.1:" + port + "/";
        try (Connection connection = DriverManager.getConnection(
                        server + "postgres", SUPERUSER, PrivateFiles.password(superuserPassword()));
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + NAME + "'")) {
                statement.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + password + "'");
            }
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
                statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
            }
        } catch (SQLException e) {
            throw new CommandFailure(
                    "PostgreSQL runs on port " + port + " but does not answer as it should: " + e.getMessage(), e);
        }
        return new Database(server + NAME, NAME, password);
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private Path superuserPassword() {
        return folder.resolve("superuser-password");
    }

    private int choosePort() throws IOException {
        if (Files.exists(portFile)) {
            String kept = Files.readString(portFile).strip();
            // nothing is in a file that a full disk has cut short
            if (PORT.matcher(kept).matches() && isFree(Integer.parseInt(kept))) {
                return Integer.parseInt(kept);
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PrivateFiles.write(portFile, socket.getLocalPort() + "\n");
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            // why: that it cannot be bound is the answer
            return false;
        }
    }
}
