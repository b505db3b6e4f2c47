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
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parameters kept under names, and given to items. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class ParameterSetsIT {
    private static final String SETS = "/api/parameter-sets";

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @Test
    void aSetIsSavedShownEditedAndDeleted() {
        JsonObject saved =
                Calls.post(SETS, set("fine", "{\"binning\": 1}", true)).created();
        String address = SETS + "/" + saved.getString("id");
        assertThat(saved.getString("owner")).isEqualTo(TestServer.user(Role.OPERATOR));

        Answer edited = Calls.call(Role.OPERATOR, "PATCH", address, "{\"parameters\": {\"dezinger\": 3}}");

        assertThat(edited.json().getJsonObject("parameters").toString()).isEqualTo("{\"dezinger\":3}");
        assertThat(edited.json().getString("name")).isEqualTo(saved.getString("name"));
        assertThat(edited.header("ETag")).contains("\"1\"");
        assertThat(Calls.get(Role.VIEWER, address).json()).isEqualTo(edited.json());
        assertThat(Calls.call(Role.OPERATOR, "DELETE", address, "").status()).isEqualTo(204);
        Calls.get(Role.VIEWER, address).problem(404, "not-found");
    }

    @Test
    void anEditOfAnOldVersionIsRefusedWithBothVersions() {
        String address = SETS + "/" + id(Calls.post(SETS, set("raced", "{\"binning\": 1}", false)));
        Calls.call(Role.OPERATOR, "PATCH", address, "{\"parameters\": {\"binning\": 2}}");

        JsonObject problem = Calls.send(
                        Calls.as(Role.OPERATOR, Calls.request("PATCH", address, "{\"parameters\": {\"binning\": 3}}"))
                                .header("If-Match", "\"0\""))
                .problem(412, "lost-race");

        assertThat(problem.getJsonObject("current").getJsonObject("parameters").getInt("binning"))
                .isEqualTo(2);
    }

    @Test
    void whatIsNotSharedIsSeenByItsOwnerAndAdministratorsAlone() {
        String own = id(Calls.post(SETS, set("own", "{\"binning\": 1}", false)));
        String shared = id(Calls.post(SETS, set("shared", "{\"binning\": 1}", true)));

        assertThat(ids(Role.OPERATOR)).contains(own, shared);
        assertThat(ids(Role.ADMIN)).contains(own, shared);
        assertThat(ids(Role.VIEWER)).contains(shared).doesNotContain(own);
        Calls.get(Role.VIEWER, SETS + "/" + own).problem(404, "not-found");
    }

    @Test
    void onlyTheOwnerAndAdministratorsChangeASet() {
        String body = set("admins", "{\"binning\": 1}", true);
        String address = SETS + "/" + id(Calls.call(Role.ADMIN, "POST", SETS, body));

        JsonObject problem = Calls.call(Role.OPERATOR, "PATCH", address, "{\"shared\": false}")
                .problem(403, "not-yours");
        assertThat(problem.getString("owner")).isEqualTo(TestServer.user(Role.ADMIN));
        assertThat(problem.getString("detail")).contains("admin's alone");
        Calls.call(Role.OPERATOR, "DELETE", address, "").problem(403, "not-yours");

        String others = SETS + "/" + id(Calls.post(SETS, set("operators", "{\"binning\": 1}", true)));
        assertThat(Calls.call(Role.ADMIN, "DELETE", others, "").status()).isEqualTo(204);
    }

    @Test
    void parametersThatNoPipelineTakesAndNamesThatAreTakenAreRefused() {
        JsonObject problem = Calls.post(SETS, set("wrong", "{\"binning\": 9, \"bining\": 1}", false))
                .problem(400, "invalid-parameters");
        assertThat(problem.getJsonArray("problems").getValuesAs(JsonObject.class))
                .extracting(one -> one.getString("parameter"))
                .containsExactlyInAnyOrder("binning", "bining");

        String body = set("twice", "{\"binning\": 1}", false);
        Calls.post(SETS, body).created();
        assertThat(Calls.post(SETS, body).problem(400, "invalid-request").getString("detail"))
                .contains("already");
        assertThat(Calls.call(Role.ADMIN, "POST", SETS, body).status()).isEqualTo(201);
    }

    @Test
    void manyItemsAreGivenASetOverWhatTheyHaveOrInItsPlace() throws IOException {
        String set = id(Calls.post(SETS, set("given", "{\"binning\": 2, \"rotationAxis\": 300.5}", false)));
        JsonObject batch = batchOf("{\"binning\": 1, \"dezinger\": 5}", "{}", "{}");
        String items = "/api/batches/" + batch.getString("id") + "/items";
        List<String> ids =
                Calls.get(Role.VIEWER, items).json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
                        .map(item -> item.getString("id"))
                        .toList();

        assertThat(apply(set, batch, "\"items\": [\"" + ids.get(0) + "\", \"" + ids.get(1) + "\"]")
                        .getInt("items"))
                .isEqualTo(2);
        assertThat(parameters(items + "/" + ids.get(0)))
                .isEqualTo("{\"binning\":2,\"dezinger\":5,\"rotationAxis\":300.5}");
        assertThat(parameters(items + "/" + ids.get(1))).isEqualTo("{\"binning\":2,\"rotationAxis\":300.5}");
        assertThat(parameters(items + "/" + ids.get(2))).isEqualTo("{}");

        assertThat(apply(set, batch, "\"replace\": true").getInt("items"))
                .as("the second has them already")
                .isEqualTo(2);
        assertThat(parameters(items + "/" + ids.get(0))).isEqualTo("{\"binning\":2,\"rotationAxis\":300.5}");
        assertThat(Calls.get(Role.VIEWER, items + "/" + ids.get(0)).json().getInt("version"))
                .isEqualTo(2);
    }

    @Test
    void aSetThatDoesNotFitAnItemChangesNone() throws IOException {
        String set = id(Calls.post(SETS, set("manual", "{\"rotationAxisAuto\": \"auto\"}", false)));
        JsonObject batch = batchOf("{}", "{\"rotationAxis\": 12}");

        Calls.post(SETS + "/" + set + "/apply", "{\"batch\": \"" + batch.getString("id") + "\"}")
                .problem(400, "invalid-parameters");

        JsonObject first = Calls.get(Role.VIEWER, "/api/batches/" + batch.getString("id") + "/items")
                .json()
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(first.getJsonObject("parameters")).isEmpty();
    }

    private static JsonObject apply(String set, JsonObject batch, String members) {
        Answer answer = Calls.post(
                SETS + "/" + set + "/apply", "{\"batch\": \"" + batch.getString("id") + "\", " + members + "}");
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String parameters(String item) {
        return Calls.get(Role.VIEWER, item).json().getJsonObject("parameters").toString();
    }

    private static List<String> ids(Role role) {
        return Calls.get(role, SETS + "?pipeline=tomo-full&limit=500")
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(set -> set.getString("id"))
                .toList();
    }

    private static String id(Answer created) {
        return created.created().getString("id");
    }

    private static String set(String name, String parameters, boolean shared) {
        return "{\"name\": \"" + name + " " + UUID.randomUUID() + "\", \"pipeline\": \"tomo-full\", \"shared\": "
                + shared + ", \"parameters\": " + parameters + "}";
    }

    private static JsonObject batchOf(String... parameters) throws IOException {
        Path data = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "sets");
        var items = Json.createArrayBuilder();
        for (int i = 0; i < parameters.length; i++) {
            Path scan = Files.writeString(data.resolve(i + ".h5"), "not opened before a run");
            try (var reader = Json.createReader(new java.io.StringReader(parameters[i]))) {
                items.add(Json.createObjectBuilder()
                        .add("input", scan.toString())
                        .add("parameters", reader.readObject()));
            }
        }
        String batch = Json.createObjectBuilder()
                .add("name", "sets")
                .add("items", items)
                .build()
                .toString();
        return Calls.post("/api/batches", batch).created();
    }
}
