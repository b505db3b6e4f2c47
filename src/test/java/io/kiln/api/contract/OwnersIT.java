package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may change a batch, its items and its runs: by role, and by whose it is. */
@ExtendWith(ArquillianExtension.class)
@Timeout(120)
class OwnersIT {
    private static final String NEVER = "2999-01-01T00:00:00Z";

    private Path scan;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void makeAScan() throws IOException {
        Path data = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "owners");
        scan = Files.writeString(data.resolve("a.h5"), "not opened before a run");
    }

    /** A batch with an item and a queued run. */
    private record Scene(String batch, String item, String run) {}

    /** One change of a scene; each can be asked for where others were refused. */
    private record Change(String method, String path, String body) {}

    private static List<Change> changes(Scene scene, Path scan) {
        String batch = "/api/batches/" + scene.batch();
        String item = batch + "/items/" + scene.item();
        String run = "/api/runs/" + scene.run();
        return List.of(
                new Change("PATCH", batch, "{\"name\": \"other\"}"),
                new Change("POST", batch + "/items", "{\"items\": [{\"input\": \"" + scan + "\"}]}"),
                new Change("PATCH", item, "{\"comment\": \"seen\"}"),
                new Change("PATCH", item, "{\"position\": 0}"),
                new Change("POST", batch + "/selection/move", "{\"items\": \"all\", \"to\": \"top\"}"),
                new Change(
                        "POST",
                        batch + "/runs",
                        "{\"pipeline\": \"tomo-try\", \"notBefore\": \"" + NEVER + "\", \"items\": [\"" + scene.item()
                                + "\"]}"),
                new Change("POST", run + "/stop", ""),
                new Change("POST", run + "/restart", ""),
                new Change("POST", batch + "/stop", ""),
                new Change("DELETE", run, ""),
                new Change("DELETE", item, ""),
                new Change("DELETE", batch, ""));
    }

    @Test
    void whatIsSomebodyElsesAloneIsRefusedAndTheProblemSaysWhoseItIs() {
        Scene scene = scene(Role.ADMIN, false);
        SoftAssertions softly = new SoftAssertions();

        for (Change change : changes(scene, scan)) {
            Answer answer = ask(Role.OPERATOR, change);
            softly.assertThat(answer.status()).as(change.toString()).isEqualTo(403);
            softly.assertThat(answer.body())
                    .as(change.toString())
                    .contains("/problems/not-yours", "\"owner\":\"admin\"");
        }
        softly.assertAll();
        assertThat(Calls.get(Role.OPERATOR, "/api/runs/" + scene.run()).json().getString("state"))
                .isEqualTo("QUEUED");
    }

    @Test
    void operatorsChangeTheirOwnAndSharedBatchesAndAdministratorsAll() {
        List<String> refused = new ArrayList<>();
        for (Changer one : List.of(
                new Changer(Role.OPERATOR, false, Role.OPERATOR),
                new Changer(Role.ADMIN, true, Role.OPERATOR),
                new Changer(Role.OPERATOR, false, Role.ADMIN))) {
            Scene scene = scene(one.owner(), one.isShared());
            for (Change change : changes(scene, scan)) {
                Answer answer = ask(one.changer(), change);
                if (answer.status() >= 300) {
                    refused.add(one + " " + change + ": " + answer.body());
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    private record Changer(Role owner, boolean isShared, Role changer) {}

    @Test
    void viewersChangeNothingSharedOrNot() {
        Scene scene = scene(Role.OPERATOR, true);

        for (Change change : changes(scene, scan)) {
            ask(Role.VIEWER, change).problem(403, "not-allowed");
        }
    }

    @Test
    void aBatchIsSharedUnlessItSaysOtherwiseAndOnlyItsOwnerTakesThatBack() {
        JsonObject made = Calls.call(Role.ADMIN, "POST", "/api/batches", "{\"name\": \"open\"}")
                .created();
        String address = "/api/batches/" + made.getString("id");
        assertThat(made.getBoolean("shared")).isTrue();

        Calls.call(Role.OPERATOR, "PATCH", address, "{\"shared\": false}").problem(403, "not-yours");
        assertThat(Calls.call(Role.ADMIN, "PATCH", address, "{\"shared\": false}")
                        .json()
                        .getBoolean("shared"))
                .isFalse();
        Calls.call(Role.OPERATOR, "PATCH", address, "{\"name\": \"mine\"}").problem(403, "not-yours");
        assertThat(Calls.get(Role.VIEWER, address).json().getBoolean("shared")).isFalse();
    }

    @Test
    void anInputThatABatchOfSomebodyElsesAloneHasTooStays() {
        scene(Role.ADMIN, false);
        Scene own = scene(Role.OPERATOR, false);
        String address = "/api/batches/" + own.batch() + "/items/" + own.item();
        Calls.call(Role.OPERATOR, "POST", "/api/batches/" + own.batch() + "/stop", "");

        assertThat(Calls.call(Role.OPERATOR, "DELETE", address + "?input=true", "")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("'scene'", "admin's alone");
        assertThat(scan).exists();

        assertThat(Calls.call(Role.OPERATOR, "DELETE", address, "").status()).isEqualTo(204);
    }

    @Test
    void aParameterSetIsNotGivenToItemsThatAreSomebodyElsesAlone() {
        Scene scene = scene(Role.ADMIN, false);
        String set = Calls.post(
                        "/api/parameter-sets",
                        "{\"name\": \"for " + scene.batch() + "\", \"parameters\": {\"binning\": 1}}")
                .created()
                .getString("id");

        Calls.post("/api/parameter-sets/" + set + "/apply", "{\"batch\": \"" + scene.batch() + "\"}")
                .problem(403, "not-yours");
    }

    private static Answer ask(Role role, Change change) {
        return Calls.call(role, change.method(), change.path(), change.body());
    }

    private Scene scene(Role owner, boolean shared) {
        String wanted = Json.createObjectBuilder()
                .add("name", "scene")
                .add("shared", shared)
                .add(
                        "items",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("input", scan.toString())))
                .build()
                .toString();
        String batch =
                Calls.call(owner, "POST", "/api/batches", wanted).created().getString("id");
        String item = Calls.get(owner, "/api/batches/" + batch + "/items")
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        String run = Calls.call(
                        owner,
                        "POST",
                        "/api/batches/" + batch + "/runs",
                        "{\"pipeline\": \"tomo-full\", \"notBefore\": \"" + NEVER + "\"}")
                .created()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        return new Scene(batch, item, run);
    }
}
