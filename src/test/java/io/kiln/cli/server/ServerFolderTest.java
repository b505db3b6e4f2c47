package io.kiln.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.cli.home.Database;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFolderTest {
    @TempDir
    private Path folder;

    private Path shipped;
    private Path own;
    private KilnHome home;

    @BeforeEach
    void install() throws IOException {
        shipped = Files.createDirectories(folder.resolve("installation/server/standalone/configuration"))
                .resolve("standalone.xml");
        home = KilnHome.create(folder.resolve("home"));
        own = home.server().resolve("configuration/standalone.xml");
        version("1");
    }

    @Test
    void whatAnAdministratorChangesStaysWhileTheVersionStays() throws IOException {
        prepare();
        Files.writeString(own, "changed");

        assertThat(prepare()).isEmpty();

        assertThat(own).hasContent("changed");
    }

    @Test
    void anUnchangedConfigurationFollowsTheVersionWithoutAWord() throws IOException {
        prepare();
        version("2");

        assertThat(prepare()).isEmpty();

        assertThat(own).hasContent("configuration 2");
        assertThat(own.resolveSibling("standalone.before-upgrade.xml")).doesNotExist();
    }

    @Test
    void aChangedConfigurationIsKeptAsideAndNamedOnce() throws IOException {
        prepare();
        Files.writeString(own, "changed");
        version("2");

        Path kept = prepare().orElseThrow();

        assertThat(own).hasContent("configuration 2");
        assertThat(kept).hasContent("changed");
        assertThat(prepare()).isEmpty();
        assertThat(kept).hasContent("changed");
    }

    @Test
    void anUpgradeThatWasCutShortIsFinishedAndLosesNothing() throws IOException {
        prepare();
        Files.writeString(own, "changed");
        version("2");
        prepare();
        Files.writeString(own.resolveSibling("standalone.as-shipped.xml"), "configuration 1");

        assertThat(prepare()).isEmpty();

        assertThat(own).hasContent("configuration 2");
        assertThat(own.resolveSibling("standalone.before-upgrade.xml")).hasContent("changed");
    }

    @Test
    void theApplicationFollowsTheVersion() throws IOException {
        prepare();
        Files.createFile(home.server().resolve("deployments/kiln.war.deployed"));
        version("2");
        prepare();

        assertThat(home.server().resolve("deployments")).isDirectoryContaining("glob:**/kiln.war.dodeploy");
        assertThat(home.server().resolve("deployments")).isDirectoryNotContaining("glob:**/kiln.war.deployed");
        assertThat(home.server().resolve("deployments/kiln.war")).hasContent("application 2");
    }

    private void version(String version) throws IOException {
        Files.writeString(shipped, "configuration " + version);
        Files.writeString(folder.resolve("installation/kiln.war"), "application " + version);
    }

    private Optional<Path> prepare() throws IOException {
        Settings settings = Settings.from(Map.of(), home.folder());
        return new ServerFolder(home, new Installation(folder.resolve("installation"), Optional.empty()))
                .prepare(settings, new Database("jdbc:postgresql://db/kiln", "kiln", "secret"));
    }
}
