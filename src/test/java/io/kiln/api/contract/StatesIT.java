package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.integration.Patience;
import io.kiln.integration.TestServer;
import io.kiln.integration.WaitingJob;
import io.kiln.security.Role;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a state does not allow is refused with the state: every call that OpenAPI says may be refused so. */
@ExtendWith(ArquillianExtension.class)
@Order(3)
@Timeout(900)
class StatesIT {
    private final Set<String> refused = new HashSet<>();

    @Deployment(testable = false)
    static WebArchive application() {
        return WaitingJob.deployment();
    }

    @Test
    void everyCallThatMayBeRefusedForAStateSaysTheState() throws Exception {
        JsonObject run = queuedRun();
        refusesForTheStateOfARun(run);
        refusesForTheStateOfAnExecution(run);
        refusesForTheStateOfUsers();

        assertThat(refused).isEqualTo(documented());
    }

    private void refusesForTheStateOfARun(JsonObject run) throws SQLException {
        String address = "/api/runs/" + run.getString("id");
        String batch = "/api/batches/" + run.getString("batch");
        refuses("DELETE", "/api/runs/{run}", address, "QUEUED");
        refuses("POST", "/api/runs/{run}/restart", address + "/restart", "QUEUED");

        // no server executes it: its state is what it is for as long as the test asks
        update("update run set state = 'RUNNING' where id = ?", run);
        refuses("DELETE", "/api/batches/{batch}", batch, "RUNNING");
        refuses("DELETE", "/api/batches/{batch}/items/{item}", batch + "/items/" + run.getString("item"), "RUNNING");

        String root = Calls.get(Role.VIEWER, "/api/roots")
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        refuses(Role.ADMIN, "DELETE", "/api/roots/{root}", "/api/roots/" + root, "IN_USE");

        update("update run set state = 'STOPPED', ended_at = clock_timestamp() where id = ?", run);
        refuses("POST", "/api/runs/{run}/stop", address + "/stop", "STOPPED");
    }

    private void refusesForTheStateOfAnExecution(JsonObject run) throws SQLException {
        refuses("POST", "/api/jobs/{name}/start", "/api/jobs/tomo-full/start", "PIPELINE");
        refuses("POST", "/api/jobs/{name}/start", "/api/jobs/tomo-full.xml/start", "PIPELINE");

        String execution = "/api/jobs/executions/{execution}";
        JsonObject started =
                Calls.post("/api/jobs/" + WaitingJob.NAME + "/start", "{}").created();
        String address = "/api/jobs/executions/" + started.getJsonNumber("id").longValue();
        await().atMost(Patience.LIMIT).until(() -> batchStatus(address), "STARTED"::equals);
        refuses("POST", execution + "/restart", address + "/restart", "STARTED");
        refuses("POST", execution + "/abandon", address + "/abandon", "STARTED");

        assertThat(Calls.post(address + "/stop", "").status()).isEqualTo(202);
        await().atMost(Patience.LIMIT).until(() -> batchStatus(address), "STOPPED"::equals);
        refuses("POST", execution + "/stop", address + "/stop", "STOPPED");

        update(
                "insert into run_execution (execution_id, run, attempt, node, devices) values ("
                        + started.getJsonNumber("id") + ", ?, 1, 'test', '{}')",
                run);
        refuses("POST", execution + "/abandon", address + "/abandon", "STOPPED");
        refuses("POST", execution + "/stop", address + "/stop", "STOPPED");
        aRunThatGoesOnIsNotStoppedByWhatIsOver(run, execution, address);
    }

    private void aRunThatGoesOnIsNotStoppedByWhatIsOver(JsonObject run, String execution, String address)
            throws SQLException {
        update("update run_execution set ended_at = clock_timestamp() where run = ?", run);
        update("update run set state = 'RUNNING', ended_at = null where id = ?", run);

        refuses("POST", execution + "/stop", address + "/stop", "STOPPED");

        update("update run set state = 'STOPPED' where stop_requested is null and id = ?", run);
    }

    private void refusesForTheStateOfUsers() {
        String administrator = "/api/users/" + TestServer.user(Role.ADMIN);
        refuses(Role.ADMIN, "DELETE", "/api/users/{user}", administrator, "LAST_ADMINISTRATOR");
        refuses(
                Role.ADMIN,
                "PATCH",
                "/api/users/{user}",
                administrator,
                "{\"role\": \"viewer\"}",
                "LAST_ADMINISTRATOR");
        refuses(
                Role.ADMIN,
                "POST",
                "/api/users",
                "/api/users",
                "{\"name\": \"viewer\", \"role\": \"viewer\", \"password\": \"a long enough one\"}",
                "TAKEN");
    }

    private void refuses(String method, String call, String address, String state) {
        refuses(Role.OPERATOR, method, call, address, state);
    }

    private void refuses(Role role, String method, String call, String address, String state) {
        refuses(role, method, call, address, "{}", state);
    }

    private void refuses(Role role, String method, String call, String address, String body, String state) {
        JsonObject problem = Calls.call(role, method, address, body).problem(409, "wrong-state");

        assertThat(problem.getString("state", "none"))
                .describedAs("state of %s", problem)
                .isEqualTo(state);
        refused.add(method + " " + call);
    }

    private static Set<String> documented() {
        return OpenApi.ofServer().operations().entrySet().stream()
                .filter(call -> call.getValue().getJsonObject("responses").containsKey("409"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static JsonObject queuedRun() throws IOException {
        Path input = Files.createTempFile(TestServer.home().resolve("data").toRealPath(), "scan", ".h5");
        String batch = Calls.post(
                        "/api/batches",
                        Json.createObjectBuilder()
                                .add("name", "states")
                                .add(
                                        "items",
                                        Json.createArrayBuilder()
                                                .add(Json.createObjectBuilder().add("input", input.toString())))
                                .build()
                                .toString())
                .created()
                .getString("id");
        return Calls.post(
                        "/api/batches/" + batch + "/runs",
                        "{\"pipeline\": \"tomo-full\", \"notBefore\": \"2999-01-01T00:00:00Z\"}")
                .created()
                .getJsonArray("items")
                .getJsonObject(0);
    }

    private static String batchStatus(String execution) {
        return Calls.get(Role.VIEWER, execution).json().getString("batchStatus");
    }

    private static void update(String sql, JsonObject run) throws SQLException {
        try (Connection connection = TestServer.connect();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, UUID.fromString(run.getString("id")));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
