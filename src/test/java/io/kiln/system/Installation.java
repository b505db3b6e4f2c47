package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.cli.client.ServerAddress;
import io.kiln.cli.postgresql.EmbeddedPostgres;
import io.kiln.integration.Patience;
import io.kiln.integration.TestPorts;
import io.kiln.integration.TestServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Kiln of its own, in an empty KILN_HOME on free ports, driven by the launcher as a person would. Closing it stops it. */
final class Installation implements AutoCloseable {
    private final Path home;
    private final Path data;
    private final Map<String, String> environment;
    private final int port = TestPorts.choose();
    private final int managementPort = TestPorts.choose();
    private String token;

    /**
     * @param home an empty folder
     * @param data a folder with scans, made a data root
     * @param environment further variables for the launcher
     */
    Installation(Path home, Path data, Map<String, String> environment) {
        this.home = home;
        this.data = data;
        this.environment = environment;
    }

    /** Whether there is what {@code up --simulate-gpus} needs. */
    static boolean canSimulateGpus() throws InterruptedException {
        try {
            return new ProcessBuilder("g++", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Has it find the driver that is built for all tests: to compile one of its own takes longer than its start. */
    void useBuiltDriver() throws IOException {
        Path built = Files.createDirectories(Path.of("target/simulated-gpus").toAbsolutePath());
        Files.createDirectories(home);
        Files.createSymbolicLink(home.resolve("simulated-gpus"), built);
    }

    Path home() {
        return home;
    }

    Path data() {
        return data;
    }

    /** Starts it, or starts it again after a crash. */
    Client up() {
        launch("up");
        return client();
    }

    /** What asks as the administrator, by a token: with a password each look at a run would take the time of a slice. */
    Client client() {
        if (token == null) {
            token = TestServer.newToken(withPassword(port));
        }
        return new Client(new ServerAddress(address(port), "Bearer " + token));
    }

    private ServerAddress withPassword(int at) {
        try {
            String password = Files.readString(home.resolve("admin-password")).strip();
            return ServerAddress.withPassword(address(at), "admin", password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI address(int at) {
        return URI.create("http://127.0.0.1:" + at);
    }

    /** Runs the launcher and returns what it prints; it must succeed. */
    String launch(String... arguments) {
        try {
            Path output = Files.createTempFile("kiln-launch", ".log");
            ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                    Stream.of(Path.of("kiln").toAbsolutePath().toString()), Stream.of(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("KILN_HOME", home.toString());
            builder.environment().put("KILN_JAVA_OPTS", String.join(" ", TestServer.QUICK_START));
            builder.environment().put("KILN_DATA", data.toString());
            builder.environment().put("KILN_PORT", Integer.toString(port));
            builder.environment().put("KILN_MANAGEMENT_PORT", Integer.toString(managementPort));
            Process process = builder.start();
            boolean ended = process.waitFor(15, TimeUnit.MINUTES);
            String printed = Files.readString(output);
            Files.delete(output);
            assertThat(ended)
                    .as("kiln %s ended; it printed:%n%s", List.of(arguments), printed)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("kiln %s printed:%n%s", List.of(arguments), printed)
                    .isZero();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The lines of the server's log, with those of days before: midnight may come in the middle of a test. */
    List<String> serverLog() throws IOException {
        Path today = home.resolve("server/log/server.log");
        List<String> lines = new ArrayList<>();
        try (Stream<Path> logs = Files.list(today.getParent())) {
            for (Path log : logs.filter(file -> file.toString().startsWith(today.toString()))
                    .sorted(Comparator.comparing((Path log) -> log.equals(today))
                            .thenComparing(Path::compareTo))
                    .toList()) {
                lines.addAll(Files.readAllLines(log));
            }
        }
        return lines;
    }

    /** The PostgreSQL that comes with it. */
    EmbeddedPostgres database() {
        return new EmbeddedPostgres(home.resolve("postgresql"));
    }

    /** Halts every process of the database, as a machine that does not answer; they do not end. */
    void freezeDatabase() {
        // first the one that begins others and takes the last leave of those that end
        signal("-STOP", Stream.of(postmaster()));
        signal("-STOP", postmaster().children());
    }

    void thawDatabase() {
        signal("-CONT", postmaster().children());
        signal("-CONT", Stream.of(postmaster()));
    }

    private ProcessHandle postmaster() {
        try {
            String first = Files.readAllLines(home.resolve("postgresql/data/postmaster.pid"))
                    .get(0);
            return ProcessHandle.of(Long.parseLong(first.strip())).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String signal, Stream<ProcessHandle> to) {
        List<String> processes = to.map(process -> Long.toString(process.pid())).toList();
        try {
            int status = new ProcessBuilder(Stream.concat(Stream.of("kill", signal), processes.stream())
                            .toList())
                    .start()
                    .waitFor();
            assertThat(status).as("kill %s %s", signal, processes).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a run's log holds by now, read from its file. */
    String runLog(String run) {
        try {
            return Files.readString(home.resolve("logs/runs").resolve(run + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does an operation of WildFly's management interface, which must succeed, and returns its result. A redeployment is answered when it is done. */
    JsonValue manage(JsonObject operation) {
        return new Client(withPassword(managementPort), Patience.LIMIT)
                .post("/management", operation)
                .getOrDefault("result", JsonValue.NULL);
    }

    /** kill -9 of the server's process, and nothing else. */
    void killServer() {
        ProcessHandle server = serverProcess();
        server.destroyForcibly();
        Awaitility.await().atMost(Patience.LIMIT).until(() -> !server.isAlive());
    }

    boolean isServerAlive() {
        return serverProcess().isAlive();
    }

    private ProcessHandle serverProcess() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("jboss-modules.jar") && line.contains(home.toString()))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no server process of " + home));
    }

    @Override
    public void close() {
        launch("down");
    }
}
