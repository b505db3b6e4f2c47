package io.kiln.cli.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KilnClientTest {
    private HttpServer server;

    @BeforeEach
    void aServerWithoutAnApplication() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aServerThatDoesNotKnowTheAddressYetMayBeStarting() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        KilnClient client = new KilnClient(ServerAddress.withPassword(address, "admin", "opensesame"));

        assertThatThrownBy(() -> client.get("/api/runs"))
                .isInstanceOf(RequestFailedException.class)
                .hasMessageContaining("404")
                .hasMessageContaining("still starting (kiln status)");
    }
}
