package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.cli.home.Database;
import io.kiln.cli.postgresql.EmbeddedPostgres;
import io.kiln.integration.OwnServers;
import io.kiln.integration.Patience;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Two servers, each with its own home, on one database and the same files. */
@OwnServers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {
    private static final int SCANS = 5;

    private static final Path MEMORY_FILE_SYSTEM = Path.of("/dev/shm");

    @TempDir
    private static Path folder;

    /** A scratch folder of both, on another file system than the outputs where there is one. */
    @TempDir(factory = InMemory.class)
    private static Path scratch;

    private static EmbeddedPostgres postgres;
    private static Installation north;
    private static Installation south;
    private static ScanFolder original;

    @BeforeAll
    static void start() throws IOException {
        postgres = new EmbeddedPostgres(folder.resolve("postgresql"));
        Database database = postgres.start();
        original = ScanFolder.create(folder.resolve("data").resolve("original"));
        north = node("north", database);
        south = node("south", database);
        north.up();
        south.up();
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            north.close();
        } finally {
            try {
                south.close();
            } finally {
                postgres.stop();
            }
        }
    }

    private static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.isWritable(MEMORY_FILE_SYSTEM)
                    ? Files.createTempDirectory(MEMORY_FILE_SYSTEM, "kiln-test-")
                    : Files.createTempDirectory("kiln-test-");
        }
    }

    private static Installation node(String name, Database database) {
        Map<String, String> environment = new HashMap<>(Laboratory.SMALL);
        environment.put("KILN_NODE", name);
        environment.put("KILN_SCRATCH", scratch.toString());
        environment.put("KILN_DB_URL", database.url());
        environment.put("KILN_DB_USER", database.user());
        environment.put("KILN_DB_PASSWORD", database.password());
        return new Installation(folder.resolve(name), folder.resolve("data"), environment);
    }

    /** WildFly asks the executions of the other node to stop, too. */
    @Test
    @Order(1)
    void whenANodeGoesDownTheOtherOneTakesItsRunOverAndKeepsItsOwn() throws Exception {
        List<ScanFolder> scans = List.of(original.again("handedOver"), original.again("kept"));
        Client client = south.client();
        String batch = client.batch(
                "handed over",
                Laboratory.SLOW,
                scans.stream().map(ScanFolder::scan).toList());
        client.run(batch, Laboratory.full());
        await().atMost(Patience.LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> bothAreAtWorkAndNorthIsInTheMiddle(runs(client, batch)));
        Map<String, String> runByNode = runs(client, batch).stream()
                .collect(Collectors.toMap(run -> run.getString("node"), run -> run.getString("id")));

        north.launch("down");

        awaitAllCompleted(client, batch);
        assertThat(nodes(client, runByNode.get("north"))).containsExactly("south", "north");
        assertThat(nodes(client, runByNode.get("south"))).containsOnly("south");
        assertThat(scans.get(0).slices())
                .hasSize(ScanFolder.SLICES)
                .isEqualTo(scans.get(1).slices());
        north.up();
    }

    @Test
    @Order(2)
    void whenANodeDiesTheOtherOneFinishesItsRunsAndNothingIsLostOrDoneTwice() throws Exception {
        List<ScanFolder> scans = new ArrayList<>();
        for (int scan = 0; scan < SCANS; scan++) {
            scans.add(original.again("scan" + scan));
        }
        Client client = south.client();
        String batch = client.batch(
                "shared", Laboratory.SLOW, scans.stream().map(ScanFolder::scan).toList());
        client.run(batch, Laboratory.full());

        await().atMost(Patience.LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> bothAreAtWorkAndNorthIsInTheMiddle(runs(client, batch)));
        north.killServer();
        List<JsonObject> orphans = runs(client, batch).stream()
                .filter(run -> run.getString("node", "").equals("north"))
                .filter(run -> run.getString("state").equals("RUNNING"))
                .toList();
        assertThat(orphans).as("killed in the middle of a run").hasSize(1);
        assertThat(scratch.resolve(".kiln-" + orphans.get(0).getString("id"))).isDirectory();

        awaitAllCompleted(client, batch);

        List<JsonObject> completed = runs(client, batch);
        assertThat(completed).hasSize(SCANS).noneMatch(run -> run.getBoolean("incomplete"));
        String orphan = orphans.get(0).getString("id");
        assertThat(completed)
                .allSatisfy(run -> assertThat(run.getInt("attempt"))
                        .as("attempts of %s", run)
                        .isEqualTo(run.getString("id").equals(orphan) ? 2 : 1));
        assertThat(nodes(client, orphan)).containsExactly("south", "north");
        // all but one are undisturbed
        SortedMap<String, String> slices = scans.get(0).slices();
        assertThat(slices).hasSize(ScanFolder.SLICES);
        for (ScanFolder scan : scans) {
            assertThat(scan.slices()).isEqualTo(slices);
            scan.awaitNoWorkFolders();
        }
        await().atMost(Patience.LIMIT).untilAsserted(() -> assertThat(scratch).isEmptyDirectory());
    }

    private static void awaitAllCompleted(Client client, String batch) {
        await().atMost(Duration.ofMinutes(20))
                .until(() -> runs(client, batch).stream()
                        .peek(run ->
                                assertThat(run.getString("state")).as("%s", run).isNotIn("FAILED", "STOPPED"))
                        .allMatch(run -> run.getString("state").equals("COMPLETED")));
    }

    private static List<JsonObject> runs(Client client, String batch) {
        return client.get("/api/runs?batch=" + batch).getJsonArray("items").getValuesAs(JsonObject.class);
    }

    private static boolean bothAreAtWorkAndNorthIsInTheMiddle(List<JsonObject> runs) {
        Map<String, Integer> doneByNode = runs.stream()
                .filter(run -> run.getString("state").equals("RUNNING"))
                .collect(Collectors.toMap(run -> run.getString("node"), Client::done, Math::max));
        return doneByNode.containsKey("south") && doneByNode.getOrDefault("north", 0) > 0;
    }

    /** Where the run's executions were, newest first. */
    private static List<String> nodes(Client client, String run) {
        return client.get("/api/runs/" + run).getJsonArray("executions").getValuesAs(JsonObject.class).stream()
                .map(execution -> execution.getString("node"))
                .toList();
    }
}
