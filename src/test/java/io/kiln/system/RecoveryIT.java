package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.tomography.sample.SampleScan;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed goes on by itself, from its slabs, and nothing in the result tells that it happened. */
class RecoveryIT {
    private static final double CENTER = 203.5;

    /** The slow algorithm, so that there is time to kill the server. */
    private static final JsonObject PARAMETERS = Json.createObjectBuilder()
            .add("rotationAxis", CENTER)
            .add("reconstructionAlgorithm", "linerec")
            .build();

    /** One thread and little memory: small slabs, one after the other. */
    private static final Map<String, String> ENVIRONMENT = Map.of("KILN_CPU_THREADS", "1", "KILN_CPU_MEMORY_MIB", "64");

    @TempDir
    Path folder;

    @Test
    void aRunKilledTwiceEndsByItselfWithTheSameBytes() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path undisturbed = scan(Files.createDirectories(data.resolve("undisturbed")));
        Path killed = scan(Files.createDirectories(data.resolve("killed")));
        try (Installation kiln = new Installation(folder.resolve("home"), data, ENVIRONMENT)) {
            Client client = kiln.up();
            String first = client.run(client.batch("undisturbed", PARAMETERS, List.of(undisturbed.toString())), full());
            client.awaitState(first, "COMPLETED");

            String second = client.run(client.batch("killed", PARAMETERS, List.of(killed.toString())), full());
            for (int kill = 1; kill <= 2; kill++) {
                int before = kill;
                JsonObject seen = client.awaitRun(
                        second,
                        Duration.ofMinutes(2),
                        run -> run.getInt("attempt") >= before && Client.done(run) > 0
                                || run.getString("state").equals("COMPLETED"));
                assertThat(seen.getString("state"))
                        .as("killed in the middle: %s", seen)
                        .isEqualTo("RUNNING");
                kiln.killServer();
                client = kiln.up();
            }
            JsonObject completed = client.awaitState(second, "COMPLETED");
            assertThat(completed.getInt("attempt")).isEqualTo(3);
            assertThat(completed.getBoolean("incomplete")).isFalse();
            assertThat(slices(killed)).isNotEmpty().isEqualTo(slices(undisturbed));
        }
    }

    private static JsonObject full() {
        return Json.createObjectBuilder()
                .add("pipeline", "tomo-full")
                .add("items", "all")
                .build();
    }

    private static Path scan(Path folder) throws IOException {
        Path scan = folder.resolve("scan.h5");
        SampleScan.body(720, 96, 384, CENTER).write(scan);
        return scan;
    }

    /** Names and digests of the published slices of a scan. */
    private static SortedMap<String, String> slices(Path scan) throws IOException {
        Path folder = scan.getParent();
        Path published = folder.resolveSibling(folder.getFileName() + "_rec").resolve("scan_rec");
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(published)) {
            files.filter(file -> file.toString().endsWith(".tiff"))
                    .forEach(file -> digests.put(file.getFileName().toString(), digest(file)));
        }
        return digests;
    }

    private static String digest(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
