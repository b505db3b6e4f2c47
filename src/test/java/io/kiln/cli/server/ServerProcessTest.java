package io.kiln.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.HostAndPort;
import io.kiln.cli.home.KilnHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    @TempDir
    private Path folder;

    private KilnHome home;

    @BeforeEach
    void makeHome() {
        home = KilnHome.create(folder);
    }

    @Test
    void theNextCommandFindsTheServer() throws IOException {
        long self = ProcessHandle.current().pid();
        ServerProcess server = new ServerProcess(
                self,
                ProcessBirth.of(self).orElseThrow(),
                Instant.now(),
                new HostAndPort("10.0.0.5", 8080),
                new HostAndPort("::1", 9990),
                "1.2",
                SimulatedGpus.NONE);
        server.save(home);
        assertThat(server.consoleUrl()).isEqualTo("http://10.0.0.5:8080/");
        assertThat(server.adminConsoleUrl()).isEqualTo("http://[::1]:9990/console");
        assertThat(ServerProcess.find(home)).contains(server);
    }

    @Test
    void anotherProcessThatWasGivenADeadServersNumberIsNotTheServer() throws IOException {
        server(ProcessHandle.current().pid(), new ProcessBirth("another boot/815"))
                .save(home);
        assertThat(ServerProcess.find(home)).isEmpty();
    }

    @Test
    void aServerThatDiedIsNotFound() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        ProcessBirth birth = ProcessBirth.of(process.pid()).orElseThrow();
        process.getOutputStream().close();
        process.waitFor();
        server(process.pid(), birth).save(home);
        assertThat(ServerProcess.find(home)).isEmpty();
    }

    private static ServerProcess server(long pid, ProcessBirth birth) {
        return new ServerProcess(
                pid,
                birth,
                Instant.EPOCH,
                new HostAndPort("127.0.0.1", 8080),
                new HostAndPort("127.0.0.1", 9990),
                "1.2",
                SimulatedGpus.NONE);
    }

    @Test
    void twoProcessesOfOneMachineHaveBirthsOfTheirOwnAndKeepThem() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        try {
            long self = ProcessHandle.current().pid();
            assertThat(ProcessBirth.of(self)).isPresent().isEqualTo(ProcessBirth.of(self));
            assertThat(ProcessBirth.of(process.pid())).isPresent().isNotEqualTo(ProcessBirth.of(self));
        } finally {
            process.destroy();
        }
    }

    @Test
    void whereNoneWasEverStartedThereIsNone() throws IOException {
        assertThat(ServerProcess.find(home)).isEmpty();
    }

    @Test
    void aFileThatWasCutShortIsExplained() throws IOException {
        Files.writeString(home.serverProcess(), "pid=12\n");
        assertThatThrownBy(() -> ServerProcess.find(home))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(home.serverProcess().toString());
    }

    @Test
    void aTakenPortIsNamedWithItsOwner() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(
                            () -> PortOwner.requireFree("127.0.0.1", "KILN_BIND", socket.getLocalPort(), "KILN_PORT"))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining(Integer.toString(socket.getLocalPort()))
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("KILN_PORT");
        }
    }
}
