package io.kiln.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.kiln.cli.home.KilnHome;
import io.kiln.cli.server.ServerProcess;
import io.kiln.integration.OwnServers;
import io.kiln.integration.Patience;
import io.kiln.integration.TestPorts;
import io.kiln.integration.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of one Kiln, as a person at a terminal sees it. The steps build on each other, because each start takes seconds. */
@OwnServers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherIT {
    @TempDir
    private static Path folder;

    private static Path home;
    private static String port;
    private static String managementPort;
    private static Process foreground;

    /** What a command said and how it ended. */
    private record Result(int status, String output) {}

    @BeforeAll
    static void choosePorts() {
        home = folder.resolve("a home with spaces");
        port = Integer.toString(TestPorts.choose());
        managementPort = Integer.toString(TestPorts.choose());
    }

    @AfterAll
    static void stop() throws Exception {
        kiln("down", "--timeout", "30", "--force");
    }

    @Test
    @Order(1)
    void upStartsEverythingAndSaysWhere() throws Exception {
        Instant before = Instant.now();
        Result up = kiln("up");
        assertThat(up.status()).as(up.output()).isZero();
        assertThat(up.output())
                .contains("http://127.0.0.1:" + port + "/")
                .contains(home.resolve("admin-password").toString());
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(10));
    }

    @Test
    @Order(2)
    void noSecretIsReadableByOthersOrSeenInTheProcessListOrTheLog() throws Exception {
        List<String> secrets = List.of(
                Files.readString(home.resolve("admin-password")).strip(),
                Files.readString(home.resolve("postgresql").resolve("password")).strip(),
                Files.readString(home.resolve("postgresql").resolve("superuser-password"))
                        .strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("users"))))
                .isEqualTo("rwx------");
        for (String file : List.of("admin-password", "server.properties", "postgresql/password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> commandLine(process.pid()))
                        .toList())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command).doesNotContain(secrets));
        assertThat(Files.readString(new KilnHome(home).serverLog())).doesNotContain(secrets);
    }

    @Test
    @Order(3)
    void theFirstAdministratorEntersManagementAndNobodyElseDoes() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "an operator's password\n");
        assertThat(kiln("user", "add", "olga", "--role", "operator", "--password-file", password.toString())
                        .status())
                .isZero();
        assertThat(kiln("user", "list").output()).contains("admin  admin").contains("olga  operator");
        assertThat(management(
                        "admin",
                        Files.readString(home.resolve("admin-password")).strip()))
                .isEqualTo(200);
        // why: Elytron's BASIC answers 401 to who is not allowed in, too
        assertThat(management("olga", "an operator's password")).isEqualTo(401);
        assertThat(management("nobody", "at all, ever")).isEqualTo(401);
    }

    @Test
    @Order(4)
    void aSecondUpSaysThatItRuns() throws Exception {
        long server = server().pid();
        Result up = kiln("up");
        assertThat(up.status()).isZero();
        assertThat(up.output()).contains("running already");
        assertThat(server().pid()).isEqualTo(server);
        assertThat(kiln("status").output()).contains("ready").contains("PostgreSQL     running on port");
        assertThat(kiln("status", "--json").output())
                .contains("\"ready\":true")
                .contains("\"rest\":\"http://127.0.0.1:" + port + "/api\"");
        assertThat(kiln("user", "list", "--json").output()).contains("{\"name\":\"olga\",\"role\":\"operator\"}");
        assertThat(kiln("logs", "-n", "5").output().lines()).hasSize(5);
    }

    @Test
    @Order(5)
    void upInTheForegroundAfterTheServerWasKilledStartsItAgainWithTheSameData() throws Exception {
        Path backup = folder.resolve("backup.zip");
        assertThat(kiln("backup", backup.toString()).output()).contains("Wrote");
        ServerProcess killed = server();
        killed.handle().orElseThrow().destroyForcibly();
        killed.handle().ifPresent(process -> process.onExit().join());
        assertThat(kiln("status").status()).isEqualTo(3);
        startInTheForeground();
        assertThat(server().pid()).isNotEqualTo(killed.pid());
        assertThat(kiln("user", "list").output()).contains("olga  operator");
        assertThat(management(
                        "admin",
                        Files.readString(home.resolve("admin-password")).strip()))
                .isEqualTo(200);
    }

    @Test
    @Order(6)
    void downStopsServerAndDatabase() throws Exception {
        ServerProcess server = server();
        assertThat(kiln("restore", folder.resolve("backup.zip").toString()).output())
                .contains("The server runs");
        InputStream events = events();
        assertThat(events.read()).isPositive();
        Result down = kiln("down");
        assertThat(down.status()).as(down.output()).isZero();
        assertThat(Files.readString(new KilnHome(home).serverLog()))
                .as("errors of what is done again and again")
                .doesNotContain("WFLYEE0110");
        assertThat(server.isAlive()).isFalse();
        assertThat(foreground.waitFor()).isZero();
        Result status = kiln("status");
        assertThat(status.status()).isEqualTo(3);
        assertThat(status.output()).contains("PostgreSQL     not running").contains("server         not running");
        assertThat(kiln("status", "--json").output()).contains("\"running\":false");
        assertThat(kiln("down").output()).contains("was not running");
    }

    @Test
    @Order(7)
    void aBackupComesBackIntoAStoppedKiln() throws Exception {
        Path backup = folder.resolve("backup.zip");
        assertThat(kiln("restore", backup.toString()).output()).contains("--force");
        Result restore = kiln("restore", "--force", backup.toString());
        assertThat(restore.status()).as(restore.output()).isZero();
        assertThat(kiln("status").output()).contains("PostgreSQL     not running");
    }

    @Test
    @Order(8)
    void aTakenPortIsNamedAndNothingIsStarted() throws Exception {
        try (ServerSocket taken = new ServerSocket(Integer.parseInt(port), 1, InetAddress.getByName("127.0.0.1"))) {
            Result up = kiln("up");
            assertThat(up.status()).isEqualTo(1);
            assertThat(up.output())
                    .contains("Port " + taken.getLocalPort() + " is taken")
                    .contains("KILN_PORT");
        }
        assertThat(kiln("status").status()).isEqualTo(3);
    }

    @Test
    @Order(9)
    void aWrongSettingIsNamedAndNothingIsStarted() throws Exception {
        Path output = folder.resolve("wrong.txt");
        ProcessBuilder up = command(output, "up");
        up.environment().put("KILN_CPU_DEVICES", "0");

        assertThat(up.start().waitFor()).isEqualTo(1);

        assertThat(Files.readString(output)).isEqualTo("kiln: KILN_CPU_DEVICES is 0, but must be at least 1.\n");
        assertThat(kiln("status").output()).contains("PostgreSQL     not running");
    }

    /** As a service manager stops one that takes its time. */
    @Test
    @Order(10)
    void aStartThatIsCutShortLeavesNothingRunning() throws Exception {
        Path output = folder.resolve("cut-short.txt");
        ProcessBuilder up = command(output, "up", "--foreground");
        up.environment().put("KILN_JAVA_OPTS", String.join(" ", TestServer.QUICK_START));
        Process starting = up.start();
        KilnHome files = new KilnHome(home);
        await().atMost(Patience.LIMIT).until(() -> {
            assertThat(starting.isAlive()).as(Files.readString(output)).isTrue();
            return Files.exists(files.serverProcess());
        });

        starting.destroy();

        assertThat(starting.waitFor()).isNotZero();
        assertThat(kiln("status").output())
                .contains("PostgreSQL     not running")
                .contains("server         not running");
    }

    /** It is unpacked by root, most likely, and run by another user. */
    @Test
    @Order(11)
    void everybodyMayReadWhatIsInTheArchive() throws Exception {
        Path archive;
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(Path.of("target"), "kiln-[0-9]*.tar.gz")) {
            Iterator<Path> found = archives.iterator();
            assumeThat(found).as("an archive, which is not made with kiln.fast").hasNext();
            archive = found.next();
        }
        Path listing = folder.resolve("archive.txt");
        assertThat(new ProcessBuilder("tar", "-tvzf", archive.toString())
                        .redirectOutput(listing.toFile())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(Files.readAllLines(listing))
                .hasSizeGreaterThan(100)
                .allMatch(entry -> entry.matches("-r.xr.xr.x .*|-r..r..r.. .*|dr.xr.xr.x .*"));
    }

    /** Starts a command that stays, as a service manager does, and waits until it says that Kiln runs. */
    private static void startInTheForeground() throws IOException {
        Path output = folder.resolve("foreground.txt");
        ProcessBuilder up = command(output, "up", "--foreground");
        // the first start was as people have it
        up.environment().put("KILN_JAVA_OPTS", String.join(" ", TestServer.QUICK_START));
        foreground = up.start();
        await().atMost(Duration.ofMinutes(10)).until(() -> {
            assertThat(foreground.isAlive()).as(Files.readString(output)).isTrue();
            return Files.readString(output).contains("Kiln is running");
        });
    }

    private static Result kiln(String... arguments) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        int status = command(output, arguments).start().waitFor();
        return new Result(status, Files.readString(output));
    }

    private static ProcessBuilder command(Path output, String... arguments) {
        String installation = System.getProperty("kiln.it.installation");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(TestServer.QUICK_START);
        command.addAll(
                List.of("-Dkiln.installation=" + installation, "-cp", installation + "/lib/*", "io.kiln.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // of which Java would say that it has picked it up
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().keySet().removeIf(name -> name.startsWith("KILN_"));
        builder.environment()
                .putAll(Map.of(
                        "KILN_HOME", home.toString(), "KILN_PORT", port, "KILN_MANAGEMENT_PORT", managementPort));
        return builder;
    }

    private static ServerProcess server() throws IOException {
        return ServerProcess.find(new KilnHome(home)).orElseThrow();
    }

    /** What a listener is told as things happen. */
    private static InputStream events() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events"))
                .header(
                        "Authorization",
                        basic(
                                "admin",
                                Files.readString(home.resolve("admin-password")).strip()))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    private static int management(String user, String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + managementPort + "/management?operation=attribute&name=server-state"))
                .header("Authorization", basic(user, password))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // why: the process ended meanwhile
            return "";
        }
    }
}
