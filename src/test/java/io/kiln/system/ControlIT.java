package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.integration.Patience;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people do to runs that execute: stop, restart and edit them, through Kiln and through WildFly. */
@InLaboratory
class ControlIT {
    private final Laboratory laboratory;
    private final Client client;

    ControlIT(Laboratory laboratory) {
        this.laboratory = laboratory;
        this.client = laboratory.client();
    }

    @Test
    void aChangeOfUsersAtTheCommandLineIsInTheAudit() throws Exception {
        Path password = Files.writeString(laboratory.kiln().home().resolve("password-of-uma"), "uma's own password");
        laboratory.kiln().launch("user", "add", "uma", "--role", "viewer", "--password-file", password.toString());
        laboratory.kiln().launch("user", "remove", "uma");

        await().atMost(Patience.LIMIT).untilAsserted(() -> {
            assertThat(laboratory
                            .client()
                            .get("/api/audit?limit=500")
                            .getJsonArray("items")
                            .getValuesAs(JsonObject.class))
                    .filteredOn(entry -> entry.getString("subject").equals("uma"))
                    .extracting(entry -> entry.getString("action") + " by " + entry.getString("who"))
                    .containsExactly(
                            "remove user by " + System.getProperty("user.name") + " at the command line",
                            "add user by " + System.getProperty("user.name") + " at the command line");
            assertThat(laboratory.kiln().home().resolve("audit")).isEmptyDirectory();
        });
    }

    @Test
    void aStoppedRunGoesOnFromItsSlabsWhenItIsRestarted() throws Exception {
        ScanFolder scan = laboratory.scan("stopped");
        String run = laboratory.startAndAwaitTheMiddle(scan);

        client.post("/api/runs/" + run + "/stop");
        JsonObject stopped = client.awaitState(run, "STOPPED");
        assertThat(stopped.getString("reason")).contains("admin");
        assertThat(Client.done(stopped)).isLessThan(ScanFolder.SLICES);

        client.post("/api/runs/" + run + "/restart");
        assertThat(laboratory.awaitWhole(run, scan).getInt("attempt")).isEqualTo(2);
        Client.Answer refused = client.ask("POST", "/api/runs/" + run + "/restart", JsonObject.EMPTY_JSON_OBJECT);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().getString("state")).isEqualTo("COMPLETED");
    }

    @Test
    void stoppingABatchStopsTheRunThatExecutesAndThoseThatWait() throws Exception {
        String batch = client.batch(
                "stopped together",
                Laboratory.SLOW,
                List.of(
                        laboratory.scan("together1").scan(),
                        laboratory.scan("together2").scan(),
                        laboratory.scan("together3").scan()));
        laboratory.awaitTheMiddleOfAttempt(client.run(batch, Laboratory.full()), 1);

        assertThat(client.post("/api/batches/" + batch + "/stop").getInt("runs"))
                .isEqualTo(3);

        await().atMost(Patience.LIMIT).until(() -> states(batch), List.of("STOPPED", "STOPPED", "STOPPED")::equals);
    }

    @Test
    void aRestartFromWildFlyGoesThroughTheQueue() throws Exception {
        ScanFolder scan = laboratory.scan("restartedFromWildFly");
        String run = laboratory.startAndAwaitTheMiddle(scan);
        client.post("/api/runs/" + run + "/stop");
        long execution = execution(client.awaitState(run, "STOPPED"));
        await().atMost(Patience.LIMIT).until(() -> batchStatus(execution), "STOPPED"::equals);

        JsonNumber restarted = (JsonNumber) laboratory
                .kiln()
                .manage(Operation.onBatchRuntime(
                        "restart-job",
                        Json.createObjectBuilder()
                                .add("execution-id", execution)
                                .build()));

        await().atMost(Patience.LIMIT).until(() -> batchStatus(restarted.longValue()), "FAILED"::equals);
        assertThat(exitStatus(restarted.longValue())).startsWith("REFUSED");
        assertThat(client.ask("POST", "/api/jobs/executions/" + restarted + "/abandon", JsonObject.EMPTY_JSON_OBJECT)
                        .body()
                        .getString("detail"))
                .contains("belongs to run " + run);
        JsonObject completed = laboratory.awaitWhole(run, scan);
        assertThat(completed.getInt("attempt")).isEqualTo(2);
        assertThat(execution(completed)).isGreaterThan(restarted.longValue());
    }

    @Test
    void aPipelinesJobIsNotStartedWithoutTheQueue() {
        Client.Answer refused = client.ask(
                "POST",
                "/api/jobs/tomo-full/start",
                Json.createObjectBuilder()
                        .add("properties", JsonObject.EMPTY_JSON_OBJECT)
                        .build());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().getString("detail")).contains("/api/batches");

        JsonNumber started = (JsonNumber) laboratory
                .kiln()
                .manage(Operation.onBatchRuntime(
                        "start-job",
                        Json.createObjectBuilder()
                                .add("job-xml-name", "tomo-full")
                                .build()));
        await().atMost(Patience.LIMIT).until(() -> batchStatus(started.longValue()), "FAILED"::equals);
        assertThat(exitStatus(started.longValue())).startsWith("REFUSED");
    }

    @Test
    void aBatchIsEditedWhileItRuns() throws Exception {
        ScanFolder first = laboratory.scan("edited1");
        ScanFolder added = laboratory.scan("edited3");
        String batch = client.batch(
                "edited",
                Laboratory.SLOW,
                List.of(first.scan(), laboratory.scan("edited2").scan()));
        List<JsonObject> runs = client.runs(batch, Laboratory.full());
        String running = runs.get(0).getString("id");
        laboratory.awaitTheMiddleOfAttempt(running, 1);

        String item = client.post("/api/batches/" + batch + "/items", itemsOf(added))
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        client.patch(
                "/api/batches/" + batch + "/items/" + item,
                Json.createObjectBuilder().add("position", 0).build());
        String late = client.run(
                batch,
                Json.createObjectBuilder(Laboratory.full())
                        .add("items", Json.createArrayBuilder().add(item))
                        .build());
        client.delete("/api/batches/" + batch + "/items/" + runs.get(1).getString("item"));

        assertThat(laboratory.awaitWhole(running, first).getInt("attempt")).isEqualTo(1);
        laboratory.awaitWhole(late, added);
        assertThat(items(batch)).containsExactly(item, runs.get(0).getString("item"));
        assertThat(states(batch)).containsExactly("COMPLETED", "COMPLETED");
    }

    private static JsonObject itemsOf(ScanFolder scan) {
        return Json.createObjectBuilder()
                .add(
                        "items",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("input", scan.scan().toString())))
                .build();
    }

    private List<String> items(String batch) {
        return client
                .get("/api/batches/" + batch + "/items")
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(item -> item.getString("id"))
                .toList();
    }

    private List<String> states(String batch) {
        return client.get("/api/runs?batch=" + batch).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(run -> run.getString("state"))
                .toList();
    }

    /** The run's newest execution. */
    private static long execution(JsonObject run) {
        return run.getJsonArray("executions")
                .getJsonObject(0)
                .getJsonNumber("id")
                .longValue();
    }

    private String batchStatus(long execution) {
        return client.get("/api/jobs/executions/" + execution).getString("batchStatus");
    }

    private String exitStatus(long execution) {
        return client.get("/api/jobs/executions/" + execution).getString("exitStatus");
    }
}
