package io.kiln.console;

import io.kiln.cli.client.KilnClient;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import io.kiln.tomography.sample.SampleScan;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What somebody has measured and queued, for somebody to look at: scans in a folder of their own, a batch of them, and runs. */
final class Laboratory {
    /** When runs start that are to wait for as long as a test looks. */
    static final String NEVER = "2999-01-01T00:00:00Z";

    private final KilnClient kiln;
    private final Path folder;

    /** An operator's. */
    Laboratory() throws IOException {
        this(Role.OPERATOR);
    }

    Laboratory(Role whose) throws IOException {
        kiln = new KilnClient(TestServer.withToken(whose));
        folder = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "laboratory");
    }

    KilnClient kiln() {
        return kiln;
    }

    /** A file of this name, to be written. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** A small scan that can be reconstructed. */
    Path scan(String name) throws IOException {
        Path scan = file(name);
        SampleScan.body(90, 8, 64, 31.5).write(scan);
        return scan;
    }

    /** A file that only looks like one. */
    Path brokenScan(String name) throws IOException {
        return Files.writeString(file(name), "this is no HDF5 file");
    }

    /** A batch of these inputs, by its id. */
    String batch(String name, Path... inputs) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        List.of(inputs).forEach(input -> items.add(Json.createObjectBuilder().add("input", input.toString())));
        return kiln.post(
                        "/api/batches",
                        Json.createObjectBuilder()
                                .add("name", name)
                                .add("items", items)
                                .build())
                .getString("id");
    }

    /** A batch of the files in a folder that match, by its id. */
    String batchOf(Path from, String pattern) {
        return kiln.post(
                        "/api/batches",
                        Json.createObjectBuilder()
                                .add("name", from.getFileName().toString())
                                .add("folder", from.toString())
                                .add("pattern", pattern)
                                .build())
                .getString("id");
    }

    /** A batch of these inputs that others may not change, by its id. */
    String batchOfItsOwn(String name, Path... inputs) {
        String batch = batch(name, inputs);
        JsonObject alone = Json.createObjectBuilder().add("shared", false).build();
        kiln.patch("/api/batches/" + batch, alone, Optional.empty());
        return batch;
    }

    /** Queues a full reconstruction of every item, by the first run's id. */
    String queue(String batch, JsonObjectBuilder order) {
        JsonObject queued = kiln.post(
                "/api/batches/" + batch + "/runs",
                order.add("pipeline", "tomo-full").build());
        return queued.getJsonArray("items").getJsonObject(0).getString("id");
    }

    /** Lets a run begin that waits for its time. */
    void beginNow(String run) throws SQLException {
        try (Connection database = TestServer.connect();
                PreparedStatement update =
                        database.prepareStatement("update run set not_before = clock_timestamp() where id = ?")) {
            update.setObject(1, UUID.fromString(run));
            update.executeUpdate();
        }
    }

    String state(String run) {
        return kiln.get("/api/runs/" + run).getString("state");
    }
}
