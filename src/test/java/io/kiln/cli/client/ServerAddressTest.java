package io.kiln.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    private static final String ADMIN = ServerAddress.withPassword(URI.create("http://any"), "admin", "opensesame")
            .authorization();

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void aHomeWithAPassword() throws IOException {
        home = folder.resolve("home");
        Files.writeString(KilnHome.create(home).adminPassword(), "opensesame\n");
    }

    private ServerAddress address(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("KILN_PORT", "8123"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return ServerAddress.of(environment, Settings.from(environment, home));
    }

    @Test
    void theServerOfThisHomeIsAskedByItsAdmin() {
        assertThat(address().base()).hasToString("http://127.0.0.1:8123");
        assertThat(address().authorization()).isEqualTo(ADMIN);
        assertThat(address("KILN_URL", "http://localhost:8123").authorization()).isEqualTo(ADMIN);
        assertThat(address("KILN_BIND", "10.0.0.5").base()).hasToString("http://10.0.0.5:8123");
        assertThat(address("KILN_BIND", "[fd00::5]").base()).hasToString("http://[fd00::5]:8123");
        assertThat(address("KILN_PORT", "80", "KILN_URL", "http://127.0.0.1").authorization())
                .isEqualTo(ADMIN);
    }

    @Test
    void aServerOfOneAddressAloneIsNotTheOneThatListensOnLoopback() {
        assertThatThrownBy(() -> address("KILN_BIND", "10.0.0.5", "KILN_URL", "http://127.0.0.1:8123"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("KILN_TOKEN_FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://kiln.example:8123", "http://127.0.0.1:8124", "https://kiln.example"})
    void noOtherServerIsToldThePasswordOfThisHome(String url) throws IOException {
        assertThatThrownBy(() -> address("KILN_URL", url))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(url)
                .hasMessageContaining("KILN_TOKEN_FILE");
        Path token = Files.writeString(folder.resolve("token"), "kiln_token");
        assertThat(address("KILN_URL", url, "KILN_TOKEN_FILE", token.toString()).authorization())
                .isEqualTo("Bearer kiln_token");
        Path password = Files.writeString(folder.resolve("password"), "opensesame");
        assertThat(address("KILN_URL", url, "KILN_PASSWORD_FILE", password.toString())
                        .authorization())
                .isEqualTo(ADMIN);
    }
}
