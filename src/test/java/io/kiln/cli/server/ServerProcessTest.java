package io.kiln.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.CommandFailure;
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
        ProcessHandle self = ProcessHandle.current();
        ServerProcess server = new ServerProcess(
                self.pid(), self.info().startInstant().orElseThrow(), 8080, 9990, "1.2", SimulatedGpus.NONE);
        server.save(home);
        assertThat(ServerProcess.find(home)).contains(server);
    }

    @Test
    void anotherProcessThatWasGivenADeadServersNumberIsNotTheServer() throws IOException {
        new ServerProcess(ProcessHandle.current().pid(), Instant.EPOCH, 8080, 9990, "1.2", SimulatedGpus.NONE)
                .save(home);
        assertThat(ServerProcess.find(home)).isEmpty();
    }

    @Test
    void aServerThatDiedIsNotFound() throws Exception {
        Process process = new ProcessBuilder("true").start();
        Instant startedAt = process.info().startInstant().orElse(Instant.now());
        process.waitFor();
        new ServerProcess(process.pid(), startedAt, 8080, 9990, "1.2", SimulatedGpus.NONE).save(home);
        assertThat(ServerProcess.find(home)).isEmpty();
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
            assertThatThrownBy(() -> PortOwner.requireFree("127.0.0.1", socket.getLocalPort(), "KILN_PORT"))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining(Integer.toString(socket.getLocalPort()))
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("KILN_PORT");
        }
    }
}
