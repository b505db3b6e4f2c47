package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see who look at a laboratory and at a run. The runs wait for a time that does not come; what the queue would do to them is written by the test. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class WatchingIT {
    private static final String NEVER = "2999-01-01T00:00:00Z";

    private String batch;
    private JsonObject run;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void queueARun() throws IOException {
        Path scan = Files.createTempFile(TestServer.home().resolve("data").toRealPath(), "watched", ".h5");
        JsonObject wanted = Json.createObjectBuilder()
                .add("name", "watched")
                .add(
                        "parameters",
                        Json.createObjectBuilder()
                                .add("binning", 1)
                                .add("nsino", Json.createArrayBuilder().add(0.25)))
                .add(
                        "items",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("input", scan.toString())
                                        .add(
                                                "parameters",
                                                Json.createObjectBuilder()
                                                        .add(
                                                                "nsino",
                                                                Json.createArrayBuilder()
                                                                        .add(0.75)))))
                .build();
        batch = Calls.post("/api/batches", wanted.toString()).created().getString("id");
        run = queue();
    }

    @AfterEach
    void stopTheBatch() {
        assertThat(Calls.post("/api/batches/" + batch + "/stop", "").status()).isEqualTo(202);
    }

    @Test
    void aRunSaysWhoseValueEachParameterHasAndWhatItIsOf() {
        JsonObject shown = Calls.get(Role.VIEWER, "/api/runs/" + id()).json();

        assertThat(List.of("binning", "nsino", "rotationAxis", "saveFormat"))
                .extracting(name -> shown.getJsonObject("origins").getString(name))
                .containsExactly("BATCH", "ITEM", "REQUEST", "DEFAULT");
        assertThat(shown.getString("itemName")).startsWith("watched");
        assertThat(shown.getString("batchName")).isEqualTo("watched");
        assertThat(shown.getString("input")).endsWith(".h5");
        assertThat(Calls.get(Role.VIEWER, "/api/runs?batch=" + batch)
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0))
                .containsEntry("itemName", shown.get("itemName"))
                .containsEntry("origins", JsonValue.NULL);
    }

    @Test
    void theQueueIsCountedWithItsReasons() {
        JsonObject queue = overview().getJsonObject("queue");

        assertThat(queue.getInt("length")).isPositive();
        assertThat(queue.getJsonArray("reasons").getValuesAs(JsonObject.class))
                .anySatisfy(reason ->
                        assertThat(reason.getString("reason")).isEqualTo("waiting until 2999-01-01 00:00:00Z"));
        assertThat(queue.getJsonArray("next").getValuesAs(JsonObject.class))
                .as("a run that waits for its time is not the next one")
                .noneSatisfy(next -> assertThat(named(next)).isEqualTo(id()));
    }

    @Test
    void aDeviceHasABarForEachAttemptAndAFailureWaitsUntilItsItemIsQueuedAgain() throws SQLException {
        JsonObject node = overview().getJsonArray("nodes").getJsonObject(0);
        String device = node.getJsonArray("devices")
                .getJsonObject(0)
                .getJsonObject("device")
                .getString("id");
        update("insert into run_execution (execution_id, run, attempt, node, devices, started_at, ended_at) values"
                + " ((select coalesce(max(execution_id), 0) + 1000000 from run_execution), ?, 1, '"
                + node.getString("name") + "', '{" + device
                + "}', clock_timestamp() - interval '2 minutes', clock_timestamp())");
        settleAsFailed();

        JsonObject bar = bars(device).stream()
                .filter(one -> named(one).equals(id()))
                .findFirst()
                .orElseThrow();
        assertThat(bar.getString("outcome")).isEqualTo("FAILED");
        assertThat(bar.getString("reason")).isEqualTo("a cable came off");
        assertThat(failures()).contains(id());
        assertThat(overview().getJsonObject("today").getInt("FAILED")).isPositive();
        JsonObject attempt = Calls.get(Role.VIEWER, "/api/runs/" + id() + "/timeline")
                .json()
                .getJsonArray("attempts")
                .getJsonObject(0);
        assertThat(attempt.getJsonObject("failure").getString("message")).isEqualTo("a cable came off");
        assertThat(attempt.getJsonObject("failure").getString("advice")).contains("restart");

        String failed = id();
        run = queue();
        assertThat(failures()).doesNotContain(failed);
    }

    @Test
    void theDisksOfTheRootsAreMeasured() {
        JsonObject disk = overview().getJsonArray("disks").getJsonObject(0);

        assertThat(disk.getJsonNumber("freeBytes").longValue())
                .isBetween(1L, disk.getJsonNumber("totalBytes").longValue());
        assertThat(disk.getJsonNumber("reserveBytes").longValue()).isNotNegative();
    }

    @Test
    void lanesGoBackAsFarAsIsAskedAndNotFurther() {
        assertThat(Calls.get(Role.VIEWER, "/api/overview?hours=0")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .isEqualTo("hours is 0, but must be from 1 to 48");
    }

    @Test
    void aRunThatWasNeverExecutedHasATimelineOfItsChanges() {
        JsonObject timeline =
                Calls.get(Role.VIEWER, "/api/runs/" + id() + "/timeline").json();

        assertThat(timeline.getJsonArray("attempts")).isEmpty();
        assertThat(timeline.getJsonArray("changes").getJsonObject(0).getString("state"))
                .isEqualTo("QUEUED");
    }

    @Test
    void theServerKnowsWhatItIsMadeOf() {
        JsonObject about = Calls.get(Role.VIEWER, "/api/about").json();

        assertThat(about.getString("server")).startsWith("WildFly");
        assertThat(about.getString("jberet")).startsWith("3.");
        assertThat(about.getString("postgresql")).matches("\\d+\\.\\d+.*");
        assertThat(about.getInt("adminConsolePort"))
                .isEqualTo(TestServer.managementAddress().getPort());
    }

    @Test
    void theAuditIsFilteredByWhoWhatAndSubject() {
        assertThat(audit("?subject=" + batch + "&who=operator")).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.getString("who")).isEqualTo("operator");
            assertThat(entry.getString("subject")).isEqualTo(batch);
        });
        assertThat(audit("?subject=" + batch + "&action=queue%20runs"))
                .extracting(entry -> entry.getString("action"))
                .containsExactly("queue runs");
        assertThat(audit("?subject=" + batch + "&who=admin")).isEmpty();
    }

    /** Those of pictures need real scans; an execution needs a run that ran. */
    @Test
    void everyAnswerIsAsOpenApiSays() throws SQLException {
        settleAsFailed();
        String set = Calls.post("/api/parameter-sets", "{\"name\": \"" + id() + "\", \"parameters\": {}}")
                .created()
                .getString("id");
        Map<String, String> there = Map.of(
                "{batch}", batch,
                "{item}", run.getString("item"),
                "{run}", id(),
                "{set}", set,
                "{root}", first("/api/roots").getString("id"),
                "{node}", first("/api/nodes").getString("name"),
                "{name}", "tomo-full");
        OpenApi document = OpenApi.ofServer();
        SoftAssertions softly = new SoftAssertions();
        for (Endpoint endpoint : Endpoint.ALL) {
            String path = endpoint.path();
            for (Map.Entry<String, String> one : there.entrySet()) {
                path = path.replace(one.getKey(), one.getValue());
            }
            if (endpoint.method().equals("GET") && !path.contains("{") && !path.contains("/pictures")) {
                check(softly, document, endpoint, path);
            }
        }
        softly.assertAll();
    }

    private static void check(SoftAssertions softly, OpenApi document, Endpoint endpoint, String path) {
        document.answer(endpoint.toString()).ifPresent(schema -> {
            Answer answer = Calls.get(Role.ADMIN, path);
            softly.assertThat(answer.status())
                    .describedAs(endpoint + ": " + answer.body())
                    .isEqualTo(200);
            softly.assertThat(document.problems(schema, answer.body()))
                    .describedAs(endpoint + ": " + answer.body())
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'items': 'all', 'devices': 'all', 'priority': 'urgent'}",
                "{'items': ['6a0a6a2e-8d7e-4f0c-9f1c-0a6b8c7d5e4f'], 'devices': 2, 'priority': -3}",
                "{'items': null, 'devices': null, 'priority': null, 'dryRun': null}"
            })
    void openApiKnowsWhatAQueueOrderMayHold(String order) {
        assertThat(problems(order)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'items': 'some'}", "{'items': {}}", "{'devices': 0}", "{'priority': 'high'}"})
    void openApiKnowsWhatAQueueOrderMayNotHold(String order) {
        assertThat(problems(order)).isNotEmpty();
    }

    private static List<String> problems(String order) {
        return OpenApi.ofServer().problems(OpenApi.type("QueueOrder"), order.replace('\'', '"'));
    }

    private static JsonObject first(String list) {
        return Calls.get(Role.ADMIN, list).json().getJsonArray("items").getJsonObject(0);
    }

    private static List<JsonObject> audit(String query) {
        return Calls.get(Role.ADMIN, "/api/audit" + query)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class);
    }

    private static JsonObject overview() {
        return Calls.get(Role.VIEWER, "/api/overview").json();
    }

    private static List<JsonObject> bars(String device) {
        return overview().getJsonArray("nodes").getValuesAs(JsonObject.class).stream()
                .flatMap(node -> node.getJsonArray("devices").getValuesAs(JsonObject.class).stream())
                .filter(lane -> lane.getJsonObject("device").getString("id").equals(device))
                .flatMap(lane -> lane.getJsonArray("bars").getValuesAs(JsonObject.class).stream())
                .toList();
    }

    private static List<String> failures() {
        return overview().getJsonObject("failures").getJsonArray("newest").getValuesAs(JsonObject.class).stream()
                .map(WatchingIT::named)
                .toList();
    }

    private static String named(JsonObject ofARun) {
        return ofARun.getJsonObject("run").getString("id");
    }

    private String id() {
        return run.getString("id");
    }

    private JsonObject queue() {
        return Calls.post(
                        "/api/batches/" + batch + "/runs",
                        Json.createObjectBuilder()
                                .add("pipeline", "tomo-full")
                                .add("notBefore", NEVER)
                                .add("parameters", Json.createObjectBuilder().add("rotationAxis", 12.5))
                                .build()
                                .toString())
                .created()
                .getJsonArray("items")
                .getJsonObject(0);
    }

    private void settleAsFailed() throws SQLException {
        update("insert into run_failure (run, attempt, kind, message) values (?, 1, 'ERROR', 'a cable came off')");
        update("insert into event (kind, run, attempt, state, reason) values ('run', ?, 1, 'FAILED', 'a cable came"
                + " off')");
        update("update run set state = 'FAILED', reason = 'a cable came off', attempt = 1,"
                + " started_at = clock_timestamp(), ended_at = clock_timestamp() where id = ?");
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = TestServer.connect();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, UUID.fromString(id()));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
