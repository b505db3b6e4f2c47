package io.kiln.cli.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.CommandFailure;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster's folder over upgrades of Kiln; what an older Kiln unpacked is stood for by folders of that name. */
class PostgresBinariesTest {
    @TempDir
    private Path cluster;

    private PostgresBinaries binaries;

    @BeforeEach
    void bring() {
        binaries = new PostgresBinaries(cluster, Version.parse("18.10.1"));
    }

    private Path programs(String version) throws IOException {
        Path bin = Files.createDirectories(cluster.resolve("postgresql-binaries-" + version + "/bin"));
        Files.writeString(bin.resolve("postgres"), version);
        return bin.getParent();
    }

    @Test
    void aClusterIsAskedByTheProgramsItRunsByAndStartedByTheNewOnes() throws IOException {
        programs("18.2.0");
        Path running = programs("18.9.0");
        programs("17.11.0");
        Files.createDirectories(cluster.resolve("postgresql-binaries/bin"));

        assertThat(binaries.toAsk("18")).isEqualTo(running);

        Path used = binaries.toStart("18");
        assertThat(used.resolve("bin/postgres")).isExecutable();
        assertThat(binaries.toAsk("18")).isEqualTo(used);
        binaries.removeOthers(used);
        assertThat(cluster).isDirectoryNotContaining(folder -> !folder.equals(used));
    }

    @Test
    void dataOfAnotherMajorVersionKeepTheProgramsThatReadThem() throws IOException {
        Path older = programs("17.11.0");
        programs("18.9.0");

        assertThat(binaries.toStart("17")).isEqualTo(older);
        assertThat(binaries.toAsk("17")).isEqualTo(older);
    }

    @Test
    void dataThatNoProgramReadsAreLeftAlone() {
        assertThatThrownBy(() -> binaries.toStart("16"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("was made by PostgreSQL 16, and this Kiln brings 18.10.1")
                .hasMessageContaining("backup");
    }
}
