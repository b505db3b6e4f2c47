package io.kiln.cli.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.OwnServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine that lost its power leaves of PostgreSQL: the number of a process, which another program has now. */
@OwnServers
class StaleProcessFileIT {
    @TempDir
    private Path folder;

    @Test
    void anotherProgramIsNeitherTakenForPostgresqlNorEnded() throws Exception {
        EmbeddedPostgres postgres = new EmbeddedPostgres(folder.resolve("postgresql"));
        postgres.start();
        Path processFile = folder.resolve("postgresql/data/postmaster.pid");
        List<String> left = Files.readAllLines(processFile);
        assertThat(postgres.runningPort()).isPresent();
        postgres.stop();
        Process other = new ProcessBuilder("cat").start();
        try {
            List<String> stale = new ArrayList<>(left);
            stale.set(0, Long.toString(other.pid()));
            Files.write(processFile, stale);
            assertThat(postgres.runningPort()).isEmpty();

            postgres.stop();
            assertThat(other.isAlive()).isTrue();
            postgres.start();

            assertThat(postgres.runningPort()).isPresent();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroy();
            postgres.stop();
        }
    }
}
