package io.kiln.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsNotSetIsFine() {
        assertThat(warnings(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KILN_CPU_DEVICES | 0 | must be at least 1",
                "KILN_CPU_DEVICES | -99999999999 | must be from -2147483647 to 2147483647",
                "KILN_CPU_THREADS | 0 | must be at least 1",
                "KILN_CPU_MEMORY_MIB | x | must be a whole number",
                "KILN_CPU_MEMORY_MIB | 63 | must be at least 64",
                "KILN_DISK_RESERVE_MIB | -1 | must be at least 0",
                "KILN_DISK_RESERVE_MIB | -9223372036854775808 | must be from",
                "KILN_EVENTS_DAYS | 0 | must be at least 1",
                "KILN_GPUS | some | 'all', 'none'",
                "KILN_NODE | a b | letters, digits",
                "KILN_CONSOLE_URL | http://a b | must be an address",
                "KILN_CONSOLE_URL | kiln.example.org | must be an address of http or https",
                "KILN_DATA | / | a data root lies below it"
            })
    void aValueThatIsNoneIsNamedWithItsVariable(String variable, String value, String allowed) {
        assertThatThrownBy(() -> warnings(Map.of(variable, value)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(value)
                .hasMessageContaining(allowed);
    }

    @ParameterizedTest
    @CsvSource({"KILN_DATA", "KILN_RESULTS", "KILN_SCRATCH"})
    void aFileIsNoFolder(String variable) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> warnings(Map.of(variable, file.toString())))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(variable + " names " + file + ", which is no folder");
    }

    @Test
    void aPortForMailIsOne() {
        assertThatThrownBy(() -> warnings(Map.of("KILN_SMTP_HOST", "mail", "KILN_SMTP_PORT", "70000")))
                .hasMessageContaining("KILN_SMTP_PORT is 70000, but must be at most 65535");
    }

    @Test
    void aPasswordThatCannotBeReadIsToldOf() throws IOException {
        Path file = folder.resolve("password");
        Map<String, String> mail =
                Map.of("KILN_SMTP_HOST", "mail", "KILN_SMTP_USER", "kiln", "KILN_SMTP_PASSWORD_FILE", file.toString());

        assertThat(warnings(mail)).singleElement().asString().startsWith("KILN_SMTP_PASSWORD_FILE is " + file);

        Files.writeString(file, "secret");
        assertThat(warnings(mail)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"KILN_DATA", "KILN_RESULTS", "KILN_SCRATCH"})
    void aFolderThatMayYetBeMountedIsToldOf(String variable) throws IOException {
        Path place = folder.resolve("mounted");

        assertThat(warnings(Map.of(variable, place.toString())))
                .singleElement()
                .asString()
                .startsWith(variable + " names " + place + ", but there is no such folder");

        Files.createDirectory(place);
        assertThat(warnings(Map.of(variable, place.toString()))).isEmpty();
    }

    @Test
    void onePortDoesNotServeTwice() {
        Map<String, String> same = Map.of("KILN_PORT", "18080", "KILN_MANAGEMENT_PORT", "18080");
        assertThatThrownBy(() -> warnings(same))
                .hasMessageContaining("KILN_PORT and KILN_MANAGEMENT_PORT are both 18080");

        Map<String, String> atAnother = new HashMap<>(same);
        atAnother.put("KILN_BIND", "10.0.0.5");
        assertThat(warnings(atAnother)).isEmpty();
        atAnother.put("KILN_BIND", "0.0.0.0");
        assertThatThrownBy(() -> warnings(atAnother)).hasMessageContaining("both 18080");
    }

    @Test
    void anAddressThatIsNotThisMachinesIsNoTakenPort() {
        assertThatThrownBy(() -> PortOwner.requireFree("nohost.invalid", "KILN_BIND", 18080, "KILN_PORT"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("KILN_BIND is \"nohost.invalid\"")
                .hasMessageNotContaining("taken");
        assertThatThrownBy(() -> PortOwner.requireFree("192.0.2.1", "KILN_BIND", 18080, "KILN_PORT"))
                .hasMessageContaining("KILN_BIND is 192.0.2.1, which is no address of this machine");
    }

    private List<String> warnings(Map<String, String> environment) {
        return new SettingsCheck(Settings.from(environment, folder.resolve("home")), environment).warnings();
    }
}
