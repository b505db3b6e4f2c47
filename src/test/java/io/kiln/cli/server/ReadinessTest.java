package io.kiln.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.cli.home.HostAndPort;
import jakarta.json.Json;
import java.io.StringReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void aServerWithTheApplicationIsReady() {
        assertThat(parse("UP", "UP", "{\"kiln.war\":\"OK\"}").ready()).isTrue();
    }

    @Test
    void aServerWithoutTheApplicationIsNot() {
        assertThat(parse("UP", "UP", "{}").ready()).isFalse();
    }

    @Test
    void waitingForAServerThatStartedWithErrorsIsInVain() {
        Readiness broken = parse("DOWN", "UP", "{\"kiln.war\":\"FAILED\"}");
        assertThat(broken.ready()).isFalse();
        assertThat(broken.isHopeless()).isTrue();
        assertThat(broken.problems()).containsExactly("boot-errors", "deployments-status");
    }

    @Test
    void aServerThatIsStillStartingIsWorthWaitingFor() {
        Readiness starting = parse("DOWN", "DOWN", "{}");
        assertThat(starting.ready()).isFalse();
        assertThat(starting.isHopeless()).isFalse();
    }

    @Test
    void aServerThatIsNotThereIsNotReady() throws InterruptedException {
        // port 1 of loopback: nobody listens there
        Readiness none = Readiness.of(new ServerProcess(
                1,
                new ProcessBirth("never"),
                Instant.EPOCH,
                new HostAndPort("127.0.0.1", 1),
                new HostAndPort("127.0.0.1", 1),
                "0",
                SimulatedGpus.NONE));
        assertThat(none.answered()).isFalse();
        assertThat(none.ready()).isFalse();
    }

    private static Readiness parse(String boot, String state, String deployments) {
        String all = boot.equals("UP") && state.equals("UP") ? "UP" : "DOWN";
        String json = """
                {"status":"%s","checks":[{"name":"boot-errors","status":"%s"},{"name":"server-state","status":"%s"},
                 {"name":"deployments-status","status":"%s","data":%s}]}
                """.formatted(all, boot, state, boot, deployments);
        return Readiness.parse(Json.createReader(new StringReader(json)).readObject());
    }
}
