package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.cli.client.EventLines;
import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a request queues. The runs wait for a time that does not come, so that nothing changes under the tests. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class QueueIT {
    private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r-xr-xr-x");

    private Path folder;
    private String batch;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void createABatchOfThreeScans() throws IOException {
        folder = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "scans");
        for (String scan : List.of("scan_1.h5", "scan_2.h5", "scan_10.h5")) {
            Files.writeString(folder.resolve(scan), scan);
        }
        JsonObject wanted = Json.createObjectBuilder()
                .add("name", "scans")
                .add("folder", folder.toString())
                .build();
        batch = Calls.post("/api/batches", wanted.toString()).created().getString("id");
    }

    @AfterEach
    void stopTheBatch() {
        assertThat(Calls.post("/api/batches/" + batch + "/stop", "").status()).isEqualTo(202);
    }

    @Test
    void allItemsAreQueuedInTheOrderOfTheBatchAndOnesUnderWayAreLeftOut() {
        assertThat(names(queue(order()), "items")).containsExactly("scan_1", "scan_2", "scan_10");

        JsonObject again = queue(order());

        assertThat(again.getJsonArray("items")).isEmpty();
        assertThat(names(again, "leftOut")).containsExactly("scan_1", "scan_2", "scan_10");
    }

    @Test
    void aBatchSaysHowFarItsItemsAreByTheirNewestRuns() throws Exception {
        assertThat(status().getString("sentence")).isEqualTo("Completed 0/3 | Running: 0 | Queue: 0 | Not queued: 3");

        JsonObject queued = queue(only("scan_1", Json.createObjectBuilder()));
        complete(queued);
        publish("scan_1_rec", queued);
        queue(only("scan_1", Json.createObjectBuilder()));
        queue(only("scan_2", Json.createObjectBuilder()));

        assertThat(status().getString("sentence"))
                .as("the second run of scan_1 was skipped and changes nothing")
                .isEqualTo("Completed 1/3 | Running: 0 | Queue: 1 | Not queued: 1");
        assertThat(status().getInt("completed")).isEqualTo(1);
        assertThat(status().getInt("skipped")).isZero();
        queue(only("scan_1", Json.createObjectBuilder().add("binning", 1)));
        assertThat(status().getInt("queued")).isEqualTo(2);
        assertThat(Calls.get(Role.VIEWER, "/api/batches").json().getJsonArray("items").stream()
                        .map(one -> one.asJsonObject())
                        .filter(one -> one.getString("id").equals(batch))
                        .map(one -> one.getJsonObject("status")))
                .containsExactly(status());
    }

    @Test
    void listenersHearHowFarABatchIs() throws IOException {
        try (EventLines events =
                new EventLines(Calls.stream(Calls.as(Role.VIEWER, Calls.request("GET", "/api/events", "")))
                        .body())) {
            queue(order());

            EventLines.Received status = events.next().orElseThrow();
            while (!status.name().equals("status")
                    || !status.data().getString("batch").equals(batch)
                    || status.data().getInt("queued") < 3) {
                status = events.next().orElseThrow();
            }
            assertThat(status.id()).isEmpty();
            assertThat(status.data().getString("sentence")).isEqualTo("Completed 0/3 | Running: 0 | Queue: 3");
        }
    }

    @Test
    void aBatchMayHoldOnlySoManyDevicesAndRefusesRunsThatWantMore() {
        String address = "/api/batches/" + batch;
        assertThat(Calls.call(Role.OPERATOR, "PATCH", address, "{\"maxDevices\": 2}")
                        .json()
                        .getInt("maxDevices"))
                .isEqualTo(2);
        assertThat(Calls.call(Role.OPERATOR, "PATCH", address, "{\"maxDevices\": 0}")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("maxDevices is 0");
        assertThat(Calls.post(runs(), order().add("devices", 3).build().toString())
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .isEqualTo("devices is 3, but the batch may hold 2 at once: ask for fewer, or raise its maxDevices");
    }

    private JsonObject status() {
        return Calls.get(Role.VIEWER, "/api/batches/" + batch).json().getJsonObject("status");
    }

    @Test
    void fromAnItemOnMeansItAndThoseBehindIt() {
        assertThat(names(queue(order().add("from", item("scan_2"))), "items")).containsExactly("scan_2", "scan_10");
    }

    @Test
    void aDryRunAnswersThePlanAndStoresNothing() {
        Answer answer = Calls.post(runs(), order().add("dryRun", true).build().toString());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(names(answer.json(), "items")).hasSize(3);
        assertThat(Calls.get(Role.VIEWER, "/api/runs?batch=" + batch).json().getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void runsOfOneScanWithTwoCentresGetFoldersOfTheirOwn() {
        JsonObject left = queue(only("scan_1", Json.createObjectBuilder().add("rotationAxis", 295)));
        JsonObject right = queue(only("scan_1", Json.createObjectBuilder().add("rotationAxis", 296)));

        assertThat(List.of(output(left), output(right)))
                .containsExactly(
                        place("scan_1_rec").toString(), place("scan_1_rec_2").toString());
    }

    @Test
    void aResultWithOtherParametersIsKeptUnlessForced() throws Exception {
        JsonObject left = queue(centre(295));
        complete(left);
        publish("scan_1_rec", left);

        assertThat(output(planned(centre(296)))).isEqualTo(place("scan_1_rec_2").toString());
        assertThat(output(planned(centre(296).add("force", true))))
                .isEqualTo(place("scan_1_rec").toString());
        JsonObject right = queue(centre(296));
        complete(right);
        publish("scan_1_rec_2", right);

        assertThat(output(planned(centre(295).add("force", true))))
                .as("the place of the same result, computed anew")
                .isEqualTo(place("scan_1_rec").toString());
        assertThat(output(planned(centre(296).add("force", true))))
                .isEqualTo(place("scan_1_rec_2").toString());
        assertThat(output(planned(centre(297)))).isEqualTo(place("scan_1_rec_3").toString());

        Calls.call(Role.OPERATOR, "DELETE", "/api/runs/" + first(left).getString("id"), "");
        assertThat(output(planned(centre(295))))
                .as("nobody knows any more what scan_1_rec was made with")
                .isEqualTo(place("scan_1_rec_3").toString());
    }

    @Test
    void theNameOfAnOutputThatIsGoneIsUsedAgain() throws Exception {
        complete(queue(centre(295)));

        assertThat(output(queue(centre(296)))).isEqualTo(place("scan_1_rec").toString());
    }

    @Test
    void aStoppedRunWhosePlaceWasGivenToAnotherIsNotRestartedOverIt() throws Exception {
        String stopped = "/api/runs/" + first(queue(centre(295))).getString("id");
        assertThat(Calls.post(stopped + "/stop", "").status()).isEqualTo(202);
        JsonObject other = queue(centre(296));
        assertThat(output(other)).isEqualTo(place("scan_1_rec").toString());

        assertThat(Calls.post(stopped + "/restart", "")
                        .problem(409, "wrong-state")
                        .getString("detail"))
                .contains("given to run " + first(other).getString("id"));
        complete(other);
        Calls.post(stopped + "/restart", "").problem(409, "wrong-state");

        Calls.call(Role.OPERATOR, "DELETE", "/api/runs/" + first(other).getString("id"), "");
        assertThat(Calls.post(stopped + "/restart", "").status()).isEqualTo(202);
    }

    @Test
    void aStoppedRunIsNotRestartedWhileAnotherOneDoesTheSame() throws Exception {
        String stopped = "/api/runs/" + first(queue(centre(295))).getString("id");
        assertThat(Calls.post(stopped + "/stop", "").status()).isEqualTo(202);
        String same = first(queue(centre(295))).getString("id");

        assertThat(Calls.post(stopped + "/restart", "")
                        .problem(409, "wrong-state")
                        .getString("detail"))
                .contains("run " + same + " is doing the same");

        assertThat(Calls.post("/api/runs/" + same + "/stop", "").status()).isEqualTo(202);
        assertThat(Calls.post(stopped + "/restart", "").status()).isEqualTo(202);
    }

    private JsonObjectBuilder centre(int column) {
        return only("scan_1", Json.createObjectBuilder().add("rotationAxis", column));
    }

    /** What the run would publish, as far as the queue looks at it. */
    private void publish(String name, JsonObject queued) throws IOException {
        Files.createDirectories(place(name));
        Files.writeString(
                place(name).resolve("recon.json"),
                "{\"run\": {\"id\": \"" + first(queued).getString("id") + "\"}}");
    }

    @Test
    void anOutputFolderThatCannotBeWrittenIsNamedBeforeAnythingIsQueued() throws Exception {
        Path locked = Files.createDirectories(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, READ_ONLY);
        JsonObject wanted = Json.createObjectBuilder()
                .add("name", "locked")
                .add("folder", folder.toString())
                .add("output", locked.resolve("results").toString())
                .build();
        String other = Calls.post("/api/batches", wanted.toString()).created().getString("id");

        Answer answer =
                Calls.post("/api/batches/" + other + "/runs", order().build().toString());

        assertThat(answer.problem(400, "invalid-request").getString("detail"))
                .contains("cannot write the batch's output folder '" + locked.resolve("results") + "'");
        assertThat(Calls.get(Role.VIEWER, "/api/runs?batch=" + other).json().getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void outputsBesideInputsThatAreReadOnlyGoToTheResultsRoot() throws Exception {
        Path measured = Files.createDirectories(folder.resolve("readonly/measured"));
        Files.writeString(measured.resolve("scan_3.h5"), "scan_3");
        Files.setPosixFilePermissions(measured.getParent(), READ_ONLY);
        JsonObject wanted = Json.createObjectBuilder()
                .add("name", "readonly")
                .add("folder", measured.toString())
                .build();
        String other = Calls.post("/api/batches", wanted.toString()).created().getString("id");

        Answer answer = Calls.post(
                "/api/batches/" + other + "/runs",
                order().add("dryRun", true).build().toString());
        // why: nobody but the superuser can delete what is in a folder that is read-only
        Files.setPosixFilePermissions(measured.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));

        Path results = TestServer.home().toRealPath().resolve("results");
        assertThat(Path.of(output(answer.json())))
                .startsWithRaw(results)
                .endsWithRaw(Path.of(folder.getFileName().toString(), "readonly", "measured_rec", "scan_3_rec"));
    }

    @Test
    void whatIsCompletedWithTheSameInputAndParametersIsLeftOutUnlessForced() throws Exception {
        JsonObject queued = queue(only("scan_1", Json.createObjectBuilder()));
        complete(queued);
        publish("scan_1_rec", queued);

        assertThat(names(planned(order()), "leftOut")).containsExactly("scan_1");
        assertThat(names(planned(order().add("force", true)), "items")).contains("scan_1");
        assertThat(names(
                        planned(order().add(
                                        "parameters", Json.createObjectBuilder().add("binning", 1))),
                        "items"))
                .contains("scan_1");

        Files.writeString(folder.resolve("scan_1.h5"), "measured again");
        assertThat(names(planned(order()), "items")).contains("scan_1");
    }

    @Test
    void whatIsCompletedWithFlatFieldsThatHaveChangedSinceIsQueuedAgain() throws Exception {
        Path flats = Files.writeString(folder.resolve("flats.hdf"), "flat fields");
        JsonObject parameters =
                Json.createObjectBuilder().add("flatFile", flats.toString()).build();
        JsonObject queued = queue(only("scan_1", Json.createObjectBuilder(parameters)));
        complete(queued);
        publish("scan_1_rec", queued);
        assertThat(names(planned(order().add("parameters", parameters)), "leftOut"))
                .containsExactly("scan_1");

        Files.writeString(flats, "flat fields, measured again");
        assertThat(names(planned(order().add("parameters", parameters)), "items"))
                .contains("scan_1");

        Files.delete(flats);
        JsonObject without = planned(order().add("parameters", parameters));
        assertThat(names(without, "leftOut")).contains("scan_1", "scan_2", "scan_10");
        assertThat(without.getJsonArray("leftOut").getJsonObject(0).getString("reason"))
                .contains("its flatFile " + flats + " cannot be read");

        Files.createDirectory(flats);
        assertThat(planned(order().add("parameters", parameters))
                        .getJsonArray("leftOut")
                        .getJsonObject(0)
                        .getString("reason"))
                .contains("its flatFile " + flats + " is a folder, not a file");
    }

    @Test
    void aFileOutsideOfTheRootsIsRefusedWithTheParameterThatNamesIt() {
        JsonObjectBuilder parameters = Json.createObjectBuilder().add("flatFile", "/etc/hostname");
        JsonObject problem = Calls.post(
                        "/api/batches/" + batch + "/runs",
                        order().add("parameters", parameters).build().toString())
                .problem(400, "invalid-parameters");

        assertThat(problem.getJsonArray("problems").getJsonObject(0).getString("parameter"))
                .isEqualTo("flatFile");
        assertThat(problem.getString("detail")).startsWith("flatFile: '/etc/hostname' lies in no data root");
    }

    @Test
    void whatIsUnderWayWithAnInputThatHasChangedSinceIsQueuedAgain() throws Exception {
        queue(only("scan_1", Json.createObjectBuilder()));
        assertThat(names(planned(order()), "leftOut")).containsExactly("scan_1");

        Files.writeString(folder.resolve("scan_1.h5"), "measured again");
        assertThat(names(planned(order()), "items")).contains("scan_1");
    }

    @Test
    void anOutputThatALinkLeadsOutOfTheRootsForIsNotGivenOut() throws Exception {
        JsonObject queued = queue(only("scan_1", Json.createObjectBuilder()));
        complete(queued);
        Path secrets = Files.createTempDirectory("kiln-secrets");
        Files.writeString(secrets.resolve("password"), "opensesame");
        Files.createDirectories(place(""));
        Files.createSymbolicLink(place("scan_1_rec"), secrets);
        String run = "/api/runs/" + first(queued).getString("id");

        for (String address : List.of("/outputs", "/outputs/password", "/preview.png", "/preview.png?min=0&max=1")) {
            Answer answer = Calls.get(Role.VIEWER, run + address);
            assertThat(answer.status()).as(address).isEqualTo(400);
            assertThat(answer.body())
                    .as(address)
                    .contains("lies in no data root")
                    .doesNotContain("opensesame");
        }
    }

    @Test
    void whatIsCompletedButWhoseOutputIsGoneIsQueuedAgain() throws Exception {
        complete(queue(only("scan_1", Json.createObjectBuilder())));

        assertThat(names(planned(order()), "items")).contains("scan_1");
    }

    @Test
    void whatIsCompletedButWhoseOutputIsReplacedOrNotWholeIsQueuedAgain() throws Exception {
        JsonObject queued = queue(only("scan_1", Json.createObjectBuilder()));
        complete(queued);
        publish("scan_1_rec", queued);
        Files.setLastModifiedTime(
                place("scan_1_rec"), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(names(planned(order()), "items"))
                .as("somebody has deleted the preview since")
                .contains("scan_1");

        Files.writeString(place("scan_1_rec/recon.json"), "{\"run\": {\"id\": \"" + UUID.randomUUID() + "\"}}");
        assertThat(names(planned(order()), "items")).as("another run's").contains("scan_1");
    }

    @Test
    void whatAnEarlierRunHasPublishedIsNotTakenForTheOutputOfOneThatWaits() throws Exception {
        Files.createDirectories(place("scan_1_rec"));
        Files.writeString(place("scan_1_rec/recon_00000.tiff"), "earlier");
        JsonObject queued = queue(only("scan_1", Json.createObjectBuilder()));
        String outputs = "/api/runs/" + first(queued).getString("id") + "/outputs";

        assertThat(Calls.get(Role.VIEWER, outputs).json().getJsonArray("items")).isEmpty();
        Calls.get(Role.VIEWER, outputs + "/recon_00000.tiff").problem(404, "not-found");

        complete(queued);
        assertThat(Calls.get(Role.VIEWER, outputs).json().getJsonArray("items")).hasSize(1);
    }

    @Test
    void anInputStaysThatARunOfAnotherItemReads() {
        queue(only("scan_1", Json.createObjectBuilder()));
        Path input = folder.resolve("scan_1.h5");
        String other = Calls.post(
                        "/api/batches", "{\"name\": \"the same input\", \"items\": [{\"input\": \"" + input + "\"}]}")
                .created()
                .getString("id");
        String items = "/api/batches/" + other + "/items";
        String item = Calls.get(Role.VIEWER, items)
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");

        assertThat(Calls.call(Role.OPERATOR, "DELETE", items + "/" + item + "?input=true", "")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("of another item reads its input");
        assertThat(input).exists();
    }

    @Test
    void anItemLeavesWithAllPartsOfItsOutputsWhereThatIsWished() throws Exception {
        JsonObject queued = queue(only("scan_1", Json.createObjectBuilder().add("saveFormat", "h5")));
        complete(queued);
        output("{\"run\": {\"id\": \"" + first(queued).getString("id") + "\"}}");

        removeWithOutputs("scan_1");

        assertThat(place(""))
                .isDirectoryNotContaining("glob:**/scan_1*")
                .isDirectoryContaining("glob:**/scan_2_rec.h5");
        assertThat(folder.resolve("scan_1.h5")).exists();
    }

    @Test
    void whatIsNoLongerKilnsStaysWhenItsItemLeavesWithItsOutputs() throws Exception {
        complete(queue(only("scan_1", Json.createObjectBuilder().add("saveFormat", "h5"))));
        output("{\"made\": \"by hand\"}");

        removeWithOutputs("scan_1");

        assertThat(place("")).isDirectoryContaining("glob:**/scan_1_rec.h5");
    }

    private void output(String metadata) throws IOException {
        Files.createDirectories(place(""));
        for (String part : List.of("scan_1_rec.h5", "scan_1_rec.png", "scan_2_rec.h5")) {
            Files.writeString(place(part), part);
        }
        Files.writeString(place("scan_1_rec.json"), metadata);
    }

    private void removeWithOutputs(String name) {
        Answer removed = Calls.call(
                Role.OPERATOR, "DELETE", "/api/batches/" + batch + "/items/" + item(name) + "?outputs=true", "");
        assertThat(removed.status()).isEqualTo(204);
    }

    private Path place(String name) {
        return folder.resolveSibling(folder.getFileName() + "_rec").resolve(name);
    }

    private String runs() {
        return "/api/batches/" + batch + "/runs";
    }

    private static JsonObjectBuilder order() {
        return Json.createObjectBuilder().add("pipeline", "tomo-full").add("notBefore", "2999-01-01T00:00:00Z");
    }

    private JsonObjectBuilder only(String name, JsonObjectBuilder parameters) {
        return order().add("items", Json.createArrayBuilder().add(item(name))).add("parameters", parameters);
    }

    private JsonObject queue(JsonObjectBuilder order) {
        return Calls.post(runs(), order.build().toString()).created();
    }

    private JsonObject planned(JsonObjectBuilder order) {
        return Calls.post(runs(), order.add("dryRun", true).build().toString()).json();
    }

    private String item(String name) {
        return Calls.get(Role.VIEWER, "/api/batches/" + batch + "/items").json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject())
                .filter(item -> item.getString("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getString("id");
    }

    /** What the queue would do in the end: this test is about what later requests make of it. */
    private static void complete(JsonObject queued) throws SQLException {
        try (Connection connection = TestServer.connect();
                PreparedStatement update = connection.prepareStatement(
                        "update run set state = 'COMPLETED', ended_at = clock_timestamp() where id = ?")) {
            update.setObject(1, UUID.fromString(first(queued).getString("id")));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static JsonObject first(JsonObject queued) {
        return queued.getJsonArray("items").getJsonObject(0);
    }

    private static String output(JsonObject queued) {
        return first(queued).getString("output");
    }

    private static List<String> names(JsonObject answer, String list) {
        return answer.getJsonArray(list).stream()
                .map(one -> one.asJsonObject().getString("itemName"))
                .toList();
    }
}
