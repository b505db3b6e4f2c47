package io.kiln.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Path HOME = Path.of("/somewhere/.kiln");

    @TempDir
    private Path folder;

    @Test
    void anEmptyEnvironmentGivesALoopbackServerWithItsOwnDatabase() {
        Settings settings = Settings.from(Map.of(), HOME);
        assertThat(settings.home()).isEqualTo(HOME);
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.managementPort()).isEqualTo(9990);
        assertThat(settings.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.managementBindAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.behindProxy()).isFalse();
        assertThat(settings.javaOptions()).isEmpty();
        assertThat(settings.data()).isEqualTo("/somewhere/.kiln/data");
        assertThat(settings.database()).isEmpty();
    }

    @Test
    void relativeFoldersAreThoseOfWhoGivesTheCommand() {
        Path here = Path.of("").toAbsolutePath();
        assertThat(Settings.from(Map.of("KILN_DATA", "scans:/more:../x"), HOME).data())
                .isEqualTo(here.resolve("scans") + ":/more:" + here.resolveSibling("x"));
    }

    @Test
    void aServerThatListensEverywhereIsReachedOnLoopbackAndOneOfAnAddressThere() {
        Settings everywhere = Settings.from(Map.of("KILN_BIND", "0.0.0.0", "KILN_MANAGEMENT_BIND", "::"), HOME);
        assertThat(everywhere.address().host()).isEqualTo("127.0.0.1");
        assertThat(everywhere.managementAddress().host()).isEqualTo("127.0.0.1");
        Settings one = Settings.from(Map.of("KILN_BIND", "10.0.0.5", "KILN_MANAGEMENT_BIND", "10.0.0.6"), HOME);
        assertThat(one.address().host()).isEqualTo("10.0.0.5");
        assertThat(one.managementAddress().host()).isEqualTo("10.0.0.6");
    }

    @Test
    void aVariableThatIsSetToNothingIsAsGoodAsNone() {
        assertThat(Settings.from(Map.of("KILN_PORT", " ", "KILN_HOME", ""), HOME))
                .isEqualTo(Settings.from(Map.of(), HOME));
    }

    @Test
    void eachVariableChangesItsSetting() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "from the file\n");
        Settings settings = Settings.from(
                Map.of(
                        "KILN_HOME", "/a b/../kiln",
                        "KILN_PORT", "1",
                        "KILN_MANAGEMENT_PORT", "65535",
                        "KILN_BIND", "0.0.0.0",
                        "KILN_BEHIND_PROXY", "true",
                        "KILN_JAVA_OPTS", "-Xmx4g  -Da=b",
                        "KILN_DATA", "/scans:/more",
                        "KILN_DB_URL", "jdbc:postgresql://db/kiln",
                        "KILN_DB_USER", "ada",
                        "KILN_DB_PASSWORD_FILE", secret.toString()),
                HOME);
        assertThat(settings.home()).isEqualTo(Path.of("/kiln"));
        assertThat(settings.port()).isEqualTo(1);
        assertThat(settings.managementPort()).isEqualTo(65535);
        assertThat(settings.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(settings.behindProxy()).isTrue();
        assertThat(settings.javaOptions()).isEqualTo(List.of("-Xmx4g", "-Da=b"));
        assertThat(settings.data()).isEqualTo("/scans:/more");
        assertThat(settings.database()).contains(new Database("jdbc:postgresql://db/kiln", "ada", "from the file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "8080.0"})
    void aPortThatIsNoneIsNamedWithItsVariable(String port) {
        assertThatThrownBy(() -> Settings.from(Map.of("KILN_PORT", port), HOME))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("KILN_PORT")
                .hasMessageContaining(port)
                .hasMessageContaining("1 to 65535");
    }

    @Test
    void aTruthValueThatIsNoneIsNamedWithItsVariable() {
        assertThatThrownBy(() -> Settings.from(Map.of("KILN_BEHIND_PROXY", "yes"), HOME))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("KILN_BEHIND_PROXY")
                .hasMessageContaining("yes")
                .hasMessageContaining("true or false");
    }

    @Test
    void aDatabaseOfOnesOwnNeedsUserAndPassword() {
        assertThatThrownBy(() -> Settings.from(Map.of("KILN_DB_URL", "jdbc:postgresql://db/kiln"), HOME))
                .hasMessageContaining("KILN_DB_USER");
        assertThatThrownBy(() ->
                        Settings.from(Map.of("KILN_DB_URL", "jdbc:postgresql://db/kiln", "KILN_DB_USER", "ada"), HOME))
                .hasMessageContaining("KILN_DB_PASSWORD_FILE");
        assertThatThrownBy(() -> Settings.from(Map.of("KILN_DB_URL", "jdbc:mysql://db/kiln"), HOME))
                .hasMessageContaining("jdbc:mysql://db/kiln")
                .hasMessageContaining("jdbc:postgresql://HOST");
    }

    @Test
    void thePasswordIsNotInTheText() {
        assertThat(new Database("jdbc:postgresql://db/kiln", "ada", "secret").toString())
                .doesNotContain("secret");
        assertThat(new Database("jdbc:postgresql://db/kiln?ssl=true&password=secret", "ada", "secret").toString())
                .isEqualTo("jdbc:postgresql://db/kiln as ada");
    }

    @Test
    void everyVariableThatIsReadIsDocumented() throws IOException {
        String code = Files.readString(Path.of("src/main/java/io/kiln/cli/home/Settings.java"));
        Set<String> read = Pattern.compile("\"(KILN_[A-Z_]+)\"")
                .matcher(code)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        String manual = Files.readString(Path.of("docs/operating.md"));
        Set<String> documented = Pattern.compile("KILN_[A-Z_]+")
                .matcher(manual)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(read).hasSizeGreaterThan(10);
        assertThat(documented).containsAll(read);
    }
}
