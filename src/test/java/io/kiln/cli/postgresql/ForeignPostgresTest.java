package io.kiln.cli.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.Database;
import io.kiln.persistence.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ForeignPostgresTest {
    private static final ForeignPostgres GOOD = new ForeignPostgres(15, "UTF8", false, true, true);

    @Test
    void aDatabaseThatTheRoleOwnsFits() {
        Database database = TestDatabase.address();

        assertThat(ForeignPostgres.require(database)).isEqualTo(database);
    }

    @Test
    void whatCannotBeReachedIsNamedWithItsSettingsAndWithoutThePassword() {
        Database database = TestDatabase.address();

        assertThatThrownBy(() ->
                        ForeignPostgres.require(new Database(database.url(), database.user(), "not the password")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(database.url())
                .hasMessageContaining("password authentication failed")
                .hasMessageContaining("KILN_DB_PASSWORD_FILE")
                .hasMessageNotContaining("not the password");
        assertThatThrownBy(() -> ForeignPostgres.require(
                        new Database("jdbc:postgresql://127.0.0.1:1/kiln", database.user(), database.password())))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("refused")
                .hasMessageContaining("KILN_DB_URL");
    }

    @Test
    void whatIsInTheWayIsNamedWithWhatToDo() {
        assertThat(GOOD.obstacle()).isEmpty();
        assertThat(new ForeignPostgres(14, "UTF8", false, true, true).obstacle().orElseThrow())
                .contains("PostgreSQL 14", "15 or newer");
        assertThat(new ForeignPostgres(15, "LATIN1", false, true, true)
                        .obstacle()
                        .orElseThrow())
                .contains("LATIN1", "ENCODING 'UTF8'");
        assertThat(new ForeignPostgres(15, "UTF8", true, true, true).obstacle().orElseThrow())
                .contains("standby", "primary");
        assertThat(new ForeignPostgres(15, "UTF8", false, false, true)
                        .obstacle()
                        .orElseThrow())
                .contains("ALTER DATABASE");
        assertThat(new ForeignPostgres(15, "UTF8", false, true, false)
                        .obstacle()
                        .orElseThrow())
                .contains("ALTER DATABASE");
    }

    @Test
    void theGuideNamesTheLeastVersion() throws Exception {
        assertThat(Files.readString(Path.of("docs", "operating.md")))
                .contains("PostgreSQL " + ForeignPostgres.LEAST_VERSION + " or newer");
    }
}
