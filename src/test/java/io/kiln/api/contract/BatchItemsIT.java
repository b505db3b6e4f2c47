package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a table of items shows, and what is done to some of them at once. Runs wait for a time that does not come. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class BatchItemsIT {
    private static final String NEVER = "2999-01-01T00:00:00Z";

    private Path folder;
    private String batch;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void createABatchOfThreeScans() throws IOException {
        folder = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "items");
        for (String scan : List.of("scan_1.h5", "scan_2.h5", "scan_3.h5")) {
            Files.writeString(folder.resolve(scan), scan);
        }
        batch = Calls.post(
                        "/api/batches",
                        Json.createObjectBuilder()
                                .add("name", "items")
                                .add("folder", folder.toString())
                                .build()
                                .toString())
                .created()
                .getString("id");
    }

    @AfterEach
    void stopTheBatch() {
        assertThat(Calls.post(address("/stop"), "").status()).isEqualTo(202);
    }

    @Test
    void theListHasTheNewestTryAndTheNewestFullRunOfEachItem() throws SQLException {
        String first = queue("tomo-try", 0);
        settle(first, "FAILED");
        String second = queue("tomo-try", 0);
        String full = queue("tomo-full", 1);
        settle(full, "COMPLETED");

        JsonArray rows = rows("");

        assertThat(rows.getJsonObject(0).getJsonObject("lastTry").getString("id"))
                .isEqualTo(second);
        assertThat(rows.getJsonObject(0).getString("state")).isEqualTo("QUEUED");
        assertThat(rows.getJsonObject(0).getJsonObject("lastTry").getString("reason"))
                .contains("waiting until");
        assertThat(rows.getJsonObject(0).isNull("lastFull")).isTrue();
        assertThat(rows.getJsonObject(1).getJsonObject("lastFull").getString("state"))
                .isEqualTo("COMPLETED");
        assertThat(rows.getJsonObject(1).getJsonObject("lastFull").getString("endedAt"))
                .isNotBlank();
        assertThat(rows.getJsonObject(2).isNull("state")).isTrue();
    }

    @Test
    void someItemsCanBeReadAnew() {
        String unknown = UUID.randomUUID().toString();

        assertThat(rows("?items=" + id(2) + "," + id(0) + "," + unknown))
                .extracting(row -> row.asJsonObject().getString("name"))
                .containsExactly("scan_1", "scan_3");
        Calls.get(Role.VIEWER, address("/items?items=scan_1")).problem(400, "invalid-request");
        Calls.get(Role.VIEWER, address("/items?items=" + unknown + "," + many()))
                .problem(400, "invalid-request");
    }

    @Test
    void aBatchSaysHowOftenItWasSubmittedAndByWhomLast() {
        assertThat(batch().getInt("submissions")).isZero();
        assertThat(batch().isNull("lastSubmittedBy")).isTrue();
        String version = batch().get("version").toString();

        queue("tomo-try", 0);
        queue("tomo-full", 0);

        assertThat(batch().getInt("submissions")).isEqualTo(2);
        assertThat(batch().getString("lastSubmittedBy")).isEqualTo(TestServer.user(Role.OPERATOR));
        assertThat(batch().getString("lastSubmittedAt")).isNotBlank();
        assertThat(batch().get("version")).hasToString(version);
    }

    @Test
    void lookingAgainAddsWhatIsNewMarksWhatIsGoneAndFindsWhatTomocupyHasLeft() throws IOException {
        Files.writeString(folder.resolve("scan_4.h5"), "new");
        Files.delete(folder.resolve("scan_1.h5"));
        Path full = Files.createDirectories(beside("scan_2_rec"));
        Files.writeString(full.resolve("recon_00000.tiff"), "slice");
        Files.writeString(full.resolve("recon_00001.tiff"), "slice");
        Files.writeString(Files.createDirectories(beside("try_center/scan_3")).resolve("31.50.tiff"), "try");

        JsonObject brought = rescan("{}");

        assertThat(brought.getInt("added")).isEqualTo(1);
        assertThat(brought.getInt("missing")).isEqualTo(1);
        assertThat(brought.getInt("found")).isEqualTo(2);
        JsonArray rows = rows("");
        assertThat(rows)
                .extracting(row -> row.asJsonObject().getString("name"))
                .containsExactly("scan_1", "scan_2", "scan_3", "scan_4");
        assertThat(rows.getJsonObject(0).getBoolean("inputMissing")).isTrue();
        JsonObject found = rows.getJsonObject(1).getJsonArray("found").getJsonObject(0);
        assertThat(found.getString("kind")).isEqualTo("full");
        assertThat(found.getInt("files")).isEqualTo(2);
        assertThat(found.getString("output")).isEqualTo(full.toString());
        assertThat(rows.getJsonObject(2).getJsonArray("found").getJsonObject(0).getString("kind"))
                .isEqualTo("try");

        Files.writeString(folder.resolve("scan_1.h5"), "back");
        JsonObject again = rescan("{}");

        assertThat(again.getInt("added")).isZero();
        assertThat(again.getInt("returned")).isEqualTo(1);
        assertThat(rows("").getJsonObject(0).getBoolean("inputMissing")).isFalse();
    }

    @Test
    void aLinkThatLeadsOutOfTheRootsIsLeftOutAndNamed() throws IOException {
        Files.createSymbolicLink(folder.resolve("host.h5"), Path.of("/etc/hostname"));
        Files.writeString(folder.resolve("scan_4.h5"), "new");

        JsonObject brought = rescan("{}");

        assertThat(brought.getInt("added")).isEqualTo(1);
        assertThat(brought.getJsonArray("folders").getJsonObject(0).getString("problem"))
                .startsWith("host.h5: what a link has out of the data roots");
        assertThat(names()).containsExactly("scan_1", "scan_2", "scan_3", "scan_4");

        String ofFolder = Json.createObjectBuilder()
                .add("name", "with a link")
                .add("folder", folder.toString())
                .build()
                .toString();
        String other = Calls.post("/api/batches", ofFolder).created().getString("id");
        assertThat(Calls.get(Role.VIEWER, "/api/batches/" + other + "/items")
                        .json()
                        .getJsonArray("items"))
                .hasSize(4);
    }

    @Test
    void onlyALookThatSomebodyAsksForIsAudited() {
        assertThat(looksAudited()).isZero();

        rescan("{}");

        assertThat(looksAudited()).isEqualTo(1);
    }

    private long looksAudited() {
        return Calls.get(Role.ADMIN, "/api/audit?limit=500")
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(entry -> entry.getString("action").equals("rescan batch"))
                .filter(entry -> entry.getString("subject").equals(batch))
                .count();
    }

    @Test
    void aFolderIsNoInputOfAnItem() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        String item = "{\"input\": \"" + other + "\"}";

        assertThat(Calls.post(address("/items"), "{\"items\": [" + item + "]}").problem(400, "invalid-request"))
                .asString()
                .contains("input is '" + other + "', but that is a folder, not a file");
        assertThat(rows("")).hasSize(3);
    }

    @Test
    void whatKilnHasMadeItselfIsNoFind() throws IOException, SQLException {
        String run = queue("tomo-full", 0);
        settle(run, "COMPLETED");
        publish("scan_1_rec", run);

        assertThat(rescan("{}").getInt("found")).isZero();
    }

    @Test
    void anotherFolderIsTakenIntoTheBatchAndLookedAtAgain() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("a.h5"), "a");
        Files.writeString(other.resolve("b.txt"), "b");

        assertThat(rescan(Json.createObjectBuilder()
                                .add("folder", other.toString())
                                .add("pattern", "*.h5")
                                .build()
                                .toString())
                        .getInt("added"))
                .isEqualTo(1);
        Files.writeString(other.resolve("c.h5"), "c");
        JsonObject again = rescan("{}");

        assertThat(again.getInt("added")).isEqualTo(1);
        assertThat(again.getJsonArray("folders")).hasSize(2);
        Calls.post(address("/rescan"), "{\"pattern\": \"*.h5\"}").problem(400, "invalid-request");
    }

    @Test
    void runsOfSomeItemsAreStoppedAndRestarted() throws SQLException {
        queue("tomo-full", 0);
        queue("tomo-full", 1);
        settle(queue("tomo-full", 2), "FAILED");

        Answer stopped = select("/stop", body(0));

        assertThat(stopped.status()).isEqualTo(202);
        assertThat(stopped.json().getInt("runs")).isEqualTo(1);
        assertThat(states()).containsExactly("STOPPED", "QUEUED", "FAILED");

        assertThat(select(
                                "/restart",
                                all().add("states", Json.createArrayBuilder().add("FAILED")))
                        .json()
                        .getInt("runs"))
                .isEqualTo(1);
        assertThat(states()).containsExactly("STOPPED", "QUEUED", "QUEUED");
        assertThat(select("/restart", all()).json().getInt("runs")).isEqualTo(1);
        select("/restart", all().add("states", Json.createArrayBuilder().add("RUNNING")))
                .problem(400, "invalid-request");
        select("/stop", Json.createObjectBuilder()).problem(400, "invalid-request");
    }

    @Test
    void aSelectionMovesTogetherAndItsQueuedRunsWithIt() throws SQLException {
        queue("tomo-full", 0);
        queue("tomo-full", 2);

        assertThat(moved("end", body(1, 0))).isEqualTo(2);
        assertThat(names()).containsExactly("scan_3", "scan_1", "scan_2");
        assertThat(queued()).containsExactly("scan_3", "scan_1");
        assertThat(moved("up", body(2, 1))).isEqualTo(2);
        assertThat(names()).containsExactly("scan_1", "scan_2", "scan_3");
        assertThat(queued()).containsExactly("scan_1", "scan_3");
        assertThat(moved("up", body(0, 2))).isEqualTo(1);
        assertThat(names()).containsExactly("scan_1", "scan_3", "scan_2");
        assertThat(moved("top", body(0))).isZero();
        assertThat(moved("down", body(0))).isEqualTo(1);
        assertThat(names()).containsExactly("scan_3", "scan_1", "scan_2");
    }

    @Test
    void aSelectionThatCannotMoveStaysWhereItIs() {
        String unknown = UUID.randomUUID().toString();

        assertThat(select("/move", body(0).add("to", "middle")).problem(400, "invalid-request"))
                .asString()
                .contains("to is 'middle', but must be top, up, down or end");
        select("/move", Json.createObjectBuilder().add("to", "top")).problem(400, "invalid-request");
        Calls.post(address("/selection/move"), "{\"items\": [\"" + id(2) + "\", \"" + unknown + "\"], \"to\": \"top\"}")
                .problem(404, "not-found");

        assertThat(names()).containsExactly("scan_1", "scan_2", "scan_3");
    }

    @Test
    void aRemovalSaysFirstWhatItWouldTake() throws IOException, SQLException {
        String run = queue("tomo-full", 0);
        settle(run, "COMPLETED");
        publish("scan_1_rec", run);

        JsonObject plan = removal(all().add("entries", true)
                .add("outputs", true)
                .add("inputs", true)
                .add("dryRun", true));

        assertThat(plan.getInt("entries")).isEqualTo(3);
        assertThat(plan.getJsonObject("outputs").getInt("files")).isEqualTo(2);
        assertThat(plan.getJsonObject("inputs").getInt("files")).isEqualTo(3);
        assertThat(plan.getJsonObject("inputs").getInt("bytes")).isEqualTo(27);
        assertThat(rows("")).hasSize(3);
        assertThat(folder.resolve("scan_1.h5")).exists();
        assertThat(beside("scan_1_rec")).exists();
    }

    @Test
    void outputsInputsAndItemsAreThreeDifferentThings() throws IOException, SQLException {
        String run = queue("tomo-full", 0);
        settle(run, "COMPLETED");
        publish("scan_1_rec", run);

        JsonObject outputs = removal(body(0).add("outputs", true));

        assertThat(outputs.getJsonObject("outputs").getInt("files")).isEqualTo(2);
        assertThat(beside("scan_1_rec")).doesNotExist();
        assertThat(rows("")).hasSize(3);

        removal(body(0).add("inputs", true));

        assertThat(folder.resolve("scan_1.h5")).doesNotExist();
        assertThat(rows("").getJsonObject(0).getBoolean("inputMissing")).isTrue();

        assertThat(removal(body(0, 1).add("entries", true)).getInt("entries")).isEqualTo(2);

        assertThat(rows("")).hasSize(1);
        assertThat(folder.resolve("scan_2.h5")).exists();
        select("/remove", all()).problem(400, "invalid-request");
    }

    @Test
    void anInputThatAWaitingRunHasAsItsFlatFieldsStays() {
        String order = body(0).add("pipeline", "tomo-full")
                .add("notBefore", NEVER)
                .add(
                        "parameters",
                        Json.createObjectBuilder()
                                .add("flatFile", folder.resolve("scan_2.h5").toString()))
                .build()
                .toString();
        Calls.post(address("/runs"), order).created();

        JsonObject leftOut =
                removal(body(1, 2).add("inputs", true)).getJsonArray("leftOut").getJsonObject(0);

        assertThat(leftOut.getString("itemName")).isEqualTo("scan_2");
        assertThat(leftOut.getString("reason")).contains("has its input as flatFile and is QUEUED; stop it first");
        assertThat(folder.resolve("scan_2.h5")).exists();
        assertThat(folder.resolve("scan_3.h5")).doesNotExist();
    }

    @Test
    void everyFileThatGoesIsAudited() throws IOException {
        removal(body(1).add("inputs", true));

        assertThat(deleted("scan_2.h5").getJsonObject("detail").getInt("bytes")).isEqualTo(9);
    }

    @Test
    void everyFileThatGoesWithOneItemIsAuditedToo() {
        String item = rows("").getJsonObject(0).getString("id");

        assertThat(remove(item, "?input=true").status()).isEqualTo(204);

        assertThat(deleted("scan_1.h5").getJsonObject("detail").getString("item"))
                .isEqualTo(item);
        assertThat(rows("")).hasSize(2);
    }

    @Test
    void anItemWhoseInputCannotBeDeletedStays() throws IOException {
        String item = rows("").getJsonObject(0).getString("id");
        Files.delete(folder.resolve("scan_1.h5"));
        Files.createDirectories(folder.resolve("scan_1.h5"));

        assertThat(remove(item, "?input=true").problem(400, "invalid-request").getString("detail"))
                .contains("item " + item + " stays", "scan_1.h5", "is a folder now");

        assertThat(rows("")).hasSize(3);
    }

    private Answer remove(String item, String what) {
        return Calls.call(Role.OPERATOR, "DELETE", "/api/batches/" + batch + "/items/" + item + what, "");
    }

    /** What the audit says of a file that was deleted. */
    private JsonObject deleted(String file) {
        return Calls.get(Role.ADMIN, "/api/audit?limit=500")
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(entry -> entry.getString("action").equals("delete file"))
                .filter(entry ->
                        entry.getString("subject").equals(folder.resolve(file).toString()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatCannotBeRemovedIsReportedAndTheOthersGo() throws SQLException, IOException {
        String running = queue("tomo-full", 1);
        settle(running, "RUNNING");
        Files.delete(folder.resolve("scan_1.h5"));
        Files.createDirectories(folder.resolve("scan_1.h5/in the way"));

        JsonObject removed = removal(all().add("entries", true).add("inputs", true));

        settle(running, "STOPPED");
        assertThat(removed.getInt("entries")).isEqualTo(1);
        assertThat(removed.getJsonArray("failures").getJsonObject(0).getString("path"))
                .isEqualTo(folder.resolve("scan_1.h5").toString());
        JsonObject leftOut = removed.getJsonArray("leftOut").getJsonObject(0);
        assertThat(leftOut.getString("itemName")).isEqualTo("scan_2");
        assertThat(leftOut.getString("reason")).contains("RUNNING").contains("stop it first");
        assertThat(folder.resolve("scan_1.h5/in the way")).exists();
        assertThat(folder.resolve("scan_2.h5")).exists();
        assertThat(folder.resolve("scan_3.h5")).doesNotExist();
        assertThat(rows("")).hasSize(2);
    }

    private static String many() {
        return String.join(
                ",",
                Stream.generate(() -> UUID.randomUUID().toString()).limit(100).toList());
    }

    private void publish(String name, String run) throws IOException {
        Path output = Files.createDirectories(beside(name));
        Files.writeString(output.resolve("recon_00000.tiff"), "slice");
        Files.writeString(output.resolve("recon.json"), "{\"run\": {\"id\": \"" + run + "\"}}");
    }

    private Path beside(String name) {
        return folder.resolveSibling(folder.getFileName() + "_rec").resolve(name);
    }

    private String address(String more) {
        return "/api/batches/" + batch + more;
    }

    private JsonObject batch() {
        return Calls.get(Role.VIEWER, address("")).json();
    }

    private JsonArray rows(String query) {
        Answer answer = Calls.get(Role.VIEWER, address("/items" + query));
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("items");
    }

    private List<String> states() {
        return rows("").stream()
                .map(row -> row.asJsonObject().getString("state"))
                .toList();
    }

    private List<String> names() {
        return rows("").stream()
                .map(row -> row.asJsonObject().getString("name"))
                .toList();
    }

    private int moved(String to, JsonObjectBuilder body) {
        Answer answer = select("/move", body.add("to", to));
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
        return answer.json().getInt("items");
    }

    /** Names of the items whose runs wait, the next one first. */
    private List<String> queued() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = TestServer.connect();
                PreparedStatement query =
                        connection.prepareStatement("select item.name from run join item on item.id = run.item"
                                + " where run.batch = ? and state = 'QUEUED' order by queue_order")) {
            query.setObject(1, UUID.fromString(batch));
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private String id(int place) {
        return rows("").getJsonObject(place).getString("id");
    }

    private JsonObjectBuilder body(int... places) {
        JsonArrayBuilder ids = Json.createArrayBuilder();
        for (int place : places) {
            ids.add(id(place));
        }
        return Json.createObjectBuilder().add("items", ids);
    }

    private static JsonObjectBuilder all() {
        return Json.createObjectBuilder().add("items", "all");
    }

    private Answer select(String action, JsonObjectBuilder body) {
        return Calls.post(address("/selection" + action), body.build().toString());
    }

    private JsonObject removal(JsonObjectBuilder body) {
        Answer answer = select("/remove", body);
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonObject rescan(String body) {
        Answer answer = Calls.post(address("/rescan"), body);
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String queue(String pipeline, int place) {
        String order = body(place)
                .add("pipeline", pipeline)
                .add("notBefore", NEVER)
                .build()
                .toString();
        return Calls.post(address("/runs"), order)
                .created()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
    }

    /** What the queue would do in the end: this test is about what is seen and done afterwards. */
    private static void settle(String run, String state) throws SQLException {
        try (Connection connection = TestServer.connect();
                PreparedStatement update = connection.prepareStatement(
                        "update run set state = ?, ended_at = clock_timestamp() where id = ?")) {
            update.setString(1, state);
            update.setObject(2, UUID.fromString(run));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
