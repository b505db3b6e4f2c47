package io.kiln.cli.operate;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.Database;
import io.kiln.cli.home.HomeLock;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.PrivateFiles;
import io.kiln.cli.home.Settings;
import io.kiln.cli.postgresql.EmbeddedPostgres;
import io.kiln.cli.postgresql.ForeignPostgres;
import io.kiln.cli.server.Installation;
import io.kiln.cli.server.PortOwner;
import io.kiln.cli.server.Readiness;
import io.kiln.cli.server.ServerFolder;
import io.kiln.cli.server.ServerProcess;
import io.kiln.cli.server.ServerStart;
import io.kiln.cli.server.SettingsCheck;
import io.kiln.cli.server.SimulatedGpus;
import io.kiln.cli.user.UserAudit;
import io.kiln.security.Role;
import io.kiln.security.user.Users;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Kiln of this environment: its home, its database and its server. */
public final class LocalKiln {
    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration KILLED_LIMIT = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 200;

    private final Installation installation;
    private final Settings settings;
    private final KilnHome home;
    private final EmbeddedPostgres postgres;

    private LocalKiln(Installation installation, Settings settings) {
        this.installation = installation;
        this.settings = settings;
        this.home = KilnHome.create(settings.home());
        this.postgres = new EmbeddedPostgres(home.postgresql());
    }

    /** Returns the Kiln that the environment describes. */
    public static LocalKiln current() {
        Installation installation = Installation.current();
        return new LocalKiln(installation, Settings.from(System.getenv(), installation.defaultHome()));
    }

    public KilnHome home() {
        return home;
    }

    public Settings settings() {
        return settings;
    }

    public Installation installation() {
        return installation;
    }

    /** The server, if it is alive. */
    public Optional<ServerProcess> server() throws IOException {
        return ServerProcess.find(home);
    }

    /** The same, but for one that was killed a moment ago and has a process still, which answers nobody. */
    Optional<ServerProcess> lastingServer() throws IOException, InterruptedException {
        Optional<ServerProcess> found = server();
        if (found.isEmpty() || Readiness.of(found.get()).answered()) {
            return found;
        }
        return found.filter(server ->
                server.handle().filter(handle -> !ended(handle, KILLED_LIMIT)).isPresent());
    }

    /** The port of the PostgreSQL that comes with Kiln, if it runs. */
    public Optional<Integer> postgresPort() throws IOException {
        return settings.database().isPresent() ? Optional.empty() : postgres.runningPort();
    }

    /** Starts the database; the operator's own must be there and fit. */
    public Database startDatabase() throws IOException {
        return settings.database().isPresent()
                ? ForeignPostgres.require(settings.database().get())
                : postgres.start();
    }

    /** What is done with a database that runs. */
    interface DatabaseWork<T> {
        T with(Database database) throws Exception;
    }

    /** Does something with the database, which is started for it and stopped again where it did not run, while no other command starts or stops anything. */
    <T> T withDatabase(DatabaseWork<T> work) throws Exception {
        return HomeLock.holding(home, () -> {
            boolean ran =
                    settings.database().isPresent() || postgres.runningPort().isPresent();
            try {
                return work.with(startDatabase());
            } finally {
                if (!ran) {
                    postgres.stop();
                }
            }
        });
    }

    /**
     * Starts the server; {@link #awaitReady} waits for it. The caller holds the home's lock.
     *
     * @param gpus that the server simulates
     * @param out is told what an operator should know of the start
     */
    public ServerProcess startServer(SimulatedGpus gpus, PrintWriter out) throws IOException {
        new SettingsCheck(settings, System.getenv()).warnings().forEach(warning -> out.println("Warning: " + warning));
        PortOwner.requireFree(settings.bindAddress(), "KILN_BIND", settings.port(), "KILN_PORT");
        PortOwner.requireFree(
                settings.managementBindAddress(),
                "KILN_MANAGEMENT_BIND",
                settings.managementPort(),
                "KILN_MANAGEMENT_PORT");
        Database database = startDatabase();
        new ServerFolder(home, installation)
                .prepare(settings, database)
                .ifPresent(replaced -> out.println(
                        "This version brings another server configuration. Yours, with the changes made to it, is now "
                                + replaced + ": make those again that you need."));
        addAdministrator();
        return ServerStart.start(home, installation, settings, gpus);
    }

    /** The password is written down before it is valid: a start that is cut short in between uses the same one at the next. */
    private void addAdministrator() throws IOException {
        Users users = new Users(home.users());
        if (!users.list().containsValue(Role.ADMIN)) {
            users.add("admin", Role.ADMIN, PrivateFiles.password(home.adminPassword()));
            new UserAudit(home).note("add user", "admin", Role.ADMIN);
        }
    }

    /**
     * Waits until a started server is ready for requests.
     *
     * @throws CommandFailure when it will not be; the message has its last errors
     */
    public void awaitReady(ServerProcess server) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (Instant.now().isBefore(limit)) {
            Readiness readiness = Readiness.of(server);
            if (readiness.ready()) {
                return;
            }
            if (!server.isAlive()) {
                // where it does not come to the server, Java itself has written why
                Path log = wasWritten(home.serverLog(), server.startedAt()) ? home.serverLog() : home.consoleLog();
                throw new CommandFailure("The server ended while it started; see " + log + "\n" + lastErrors(log));
            }
            if (readiness.isHopeless()) {
                throw new CommandFailure("The server started with errors (" + String.join(", ", readiness.problems())
                        + "); see " + home.serverLog() + "\n" + lastErrors());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new CommandFailure("The server was not ready within " + START_LIMIT.toMinutes() + " minutes; see "
                + home.serverLog() + "\n" + lastErrors());
    }

    private static boolean wasWritten(Path file, Instant since) throws IOException {
        return Files.exists(file)
                && !Files.getLastModifiedTime(file).toInstant().isBefore(since);
    }

    private String lastErrors() throws IOException {
        return lastErrors(Files.exists(home.serverLog()) ? home.serverLog() : home.consoleLog());
    }

    private static String lastErrors(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        List<String> errors = lines.stream()
                .filter(line -> line.contains(" ERROR ") || line.contains("FATAL"))
                .toList();
        List<String> shown = errors.isEmpty() ? lines : errors;
        return String.join("\n", shown.subList(Math.max(0, shown.size() - 8), shown.size()));
    }

    /**
     * Lets the server end by itself.
     *
     * @param limit how long it may take
     * @param force whether to kill it then
     * @return whether there was one
     */
    public boolean stopServer(Duration limit, boolean force) throws IOException {
        Optional<ProcessHandle> server = server().flatMap(ServerProcess::handle);
        if (server.isPresent()) {
            server.get().destroy();
            if (!ended(server.get(), limit)) {
                if (!force) {
                    throw new CommandFailure("The server did not end within " + limit.toSeconds()
                            + " s; its runs may still be writing. Wait and try again, or use: kiln down --force");
                }
                server.get().destroyForcibly();
                ended(server.get(), limit);
            }
        }
        Files.deleteIfExists(home.serverProcess());
        Files.deleteIfExists(home.serverProperties());
        return server.isPresent();
    }

    /** Whether the server that ran last was stopped by a command and has not been started since. */
    boolean wasServerStopped() {
        return Files.notExists(home.serverProcess());
    }

    private static boolean ended(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops the PostgreSQL that comes with Kiln; an operator's own is left alone. */
    public void stopDatabase() throws IOException {
        if (settings.database().isEmpty()) {
            postgres.stop();
        }
    }
}
