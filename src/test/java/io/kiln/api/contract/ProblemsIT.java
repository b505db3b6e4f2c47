package io.kiln.api.contract;

import static io.kiln.api.contract.Calls.as;
import static io.kiln.api.contract.Calls.call;
import static io.kiln.api.contract.Calls.get;
import static io.kiln.api.contract.Calls.post;
import static io.kiln.api.contract.Calls.request;
import static io.kiln.api.contract.Calls.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ArquillianExtension.class)
class ProblemsIT {
    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @Test
    void anUnknownAddressIsNamed() {
        assertThat(get(Role.VIEWER, "/api/nothing").problem(404, "not-found").getString("detail"))
                .contains("/api/nothing");
    }

    @Test
    void anUnknownIdIsNamed() {
        UUID id = UUID.randomUUID();

        assertThat(get(Role.VIEWER, "/api/batches/" + id)
                        .problem(404, "not-found")
                        .getString("detail"))
                .isEqualTo("there is no batch " + id);
        assertThat(get(Role.VIEWER, "/api/runs/" + id).problem(404, "not-found").getString("detail"))
                .isEqualTo("there is no run " + id);
    }

    @Test
    void anIdThatIsNoUuidIsQuoted() {
        assertThat(get(Role.VIEWER, "/api/runs/seven")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .isEqualTo("run is 'seven', but must be a UUID");
    }

    @Test
    void aNumberThatIsNoneIsRefusedWithItsBounds() {
        assertThat(get(Role.VIEWER, "/api/jobs/executions/x")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .isEqualTo("execution is 'x', but must be a whole number from -9223372036854775808 to"
                        + " 9223372036854775807");
        assertThat(get(Role.VIEWER, "/api/runs?limit=99999999999")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .isEqualTo("limit is '99999999999', but must be a whole number from -2147483648 to 2147483647");
    }

    @Test
    void whatIsNeitherTrueNorFalseRemovesNothing() throws IOException {
        String item = item(batch("kept"), "kept.h5");

        assertThat(call(Role.OPERATOR, "DELETE", item + "?outputs=maybe", "")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .isEqualTo("outputs is 'maybe', but must be true or false");
        assertThat(get(Role.VIEWER, item).status()).isEqualTo(200);
    }

    @Test
    void aFieldThatAnItemDoesNotHaveIsNamedWithThoseItHas() throws IOException {
        String item = item(batch("fields"), "fields.h5");

        assertThat(call(Role.OPERATOR, "PATCH", item, "{\"colour\": \"red\"}")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .isEqualTo(
                        "an item has no field 'colour'; it has input, name, parameters, comment, after and position");
    }

    @Test
    void aRequestWithoutABodyIsToldToSendOne() {
        Answer answer =
                send(as(Role.OPERATOR, request("GET", "/api/batches", "")).POST(BodyPublishers.noBody()));

        assertThat(answer.problem(415, "unsupported-media-type").getString("detail"))
                .isEqualTo(
                        "/api/batches does not read a request without a Content-Type; send a JSON object as application/json");
    }

    @Test
    void aMethodThatAnAddressDoesNotKnowIsRefusedWithThoseItKnows() {
        Answer answer = call(Role.ADMIN, "DELETE", "/api/pipelines", "");

        assertThat(answer.problem(405, "method-not-allowed").getString("detail"))
                .contains("DELETE")
                .contains("GET");
        assertThat(answer.header("Allow").orElse("")).contains("GET");
    }

    @Test
    void aFormThatAnAddressDoesNotAnswerInIsNamed() {
        Answer answer =
                send(as(Role.VIEWER, request("GET", "/api/pipelines", "")).header("Accept", "text/csv"));

        assertThat(answer.problem(406, "not-acceptable").getString("detail")).contains("text/csv");
    }

    @Test
    void aBodyOfAnotherFormIsRefused() {
        Answer answer = send(as(Role.OPERATOR, request("POST", "/api/batches", "name: x"))
                .setHeader("Content-Type", "application/yaml"));

        assertThat(answer.problem(415, "unsupported-media-type").getString("detail"))
                .contains("application/yaml");
    }

    @Test
    void whatIsNoJsonIsNamedWithLineAndColumn() {
        JsonObject problem = post("/api/batches", "{\n  \"name\": night\n}").problem(400, "malformed-json");

        assertThat(problem.getInt("line")).isEqualTo(2);
        assertThat(problem.getInt("column")).isGreaterThan(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !!!", "Basic YWRtaW4", "basic  YWRtaW46eA=="})
    void aPasswordThatCannotBeReadIsNobodys(String header) {
        Answer call = send(request("GET", "/api/session", "").header("Authorization", header));
        Answer page = send(request("GET", "/batches", "").header("Authorization", header));

        call.problem(401, "not-signed-in");
        // as of somebody whose password is wrong
        assertThat(page.status()).isEqualTo(401);
    }

    @Test
    void aPasswordThatCannotBeReadBesidesOneThatCanIsNobodys() {
        Answer answer = send(as(Role.VIEWER, request("GET", "/api/batches", "")).header("Authorization", "Basic !!!"));

        answer.problem(401, "not-signed-in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/jobs/executions?job=a%00b",
                "GET /api/audit?who=a%00b",
                "POST /api/nodes/a%00b/drain",
                "POST /api/gpus/a%00b/0/release"
            })
    void anAddressWithACharacterThatTheDatabaseCannotKeepIsRefused(String call) {
        String[] parts = call.split(" ");

        assertThat(call(Role.ADMIN, parts[0], parts[1], "{}")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("'a\u2400b' holds the character U+0000");
    }

    @Test
    void aNameWithACharacterThatNobodySeesIsRefused() throws IOException {
        String batch = batch("visible");
        String item = item(batch, "visible.h5");
        String name = "{\"name\": \"teeth\\n\\u202e5h.\", ";
        String patch = "{\"name\": \"teeth\\u202e5h.\"}";

        List<Answer> refused = List.of(
                post("/api/batches", name + "\"target\": \"server\"}"),
                post(
                        "/api/batches/" + batch + "/items",
                        "{\"items\": [" + name + "\"input\": \"" + data().resolve("visible.h5") + "\"}]}"),
                post("/api/parameter-sets", name + "\"parameters\": {}}"),
                call(Role.OPERATOR, "POST", "/api/tokens", name + "\"days\": 1}"),
                edit(batch, "*", patch),
                editAt(item, "*", patch));

        assertThat(refused)
                .allSatisfy(answer -> assertThat(
                                answer.problem(400, "invalid-request").getString("detail"))
                        .contains("which nobody sees"));
    }

    @Test
    void aPrivateBatchIsNotSharedByNull() {
        String batch = post("/api/batches", "{\"name\": \"mine\", \"shared\": false}")
                .created()
                .getString("id");

        edit(batch, "*", "{\"shared\": null}").problem(400, "invalid-request");
        assertThat(get(Role.OPERATOR, "/api/batches/" + batch).json().getBoolean("shared"))
                .isFalse();
    }

    @Test
    void bracketsWithinTooManyBracketsAreRefused() {
        assertThat(post("/api/batches", "[".repeat(100_000))
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("nest less");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoBeforehandOrNot() {
        String large = "{\"name\": \"" + "x".repeat(12 << 20) + "\"}";
        InputStream chunks = new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8));

        assertThat(post("/api/batches", large).problem(413, "too-large").getString("detail"))
                .contains("10 MiB");
        assertThat(send(as(Role.OPERATOR, request("POST", "/api/batches", ""))
                                .POST(BodyPublishers.ofInputStream(() -> chunks)))
                        .problem(413, "too-large")
                        .getString("detail"))
                .contains("10 MiB");
        // what is within the limit is read, and refused for what it says
        assertThat(post("/api/batches", "{\"name\": \"" + "x".repeat(9 << 20) + "\"}")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("1 to 200 characters");
    }

    @Test
    void aPatchThatIsNoJsonIsNamedWithLineAndColumn() {
        assertThat(call(Role.OPERATOR, "PATCH", "/api/batches/" + UUID.randomUUID(), "{]")
                        .problem(400, "malformed-json")
                        .getInt("line"))
                .isEqualTo(1);
    }

    @Test
    void anUnknownMemberIsNamedTogetherWithEverythingElseThatDoesNotFit() {
        JsonObject problem =
                post("/api/batches", "{\"nmae\": \"night\", \"parameters\": 7}").problem(400, "invalid-request");

        assertThat(problem.getJsonArray("problems").getValuesAs(JsonObject.class))
                .extracting(one -> one.getString("parameter"))
                .containsExactlyInAnyOrder("nmae", "name", "parameters");
    }

    @Test
    void anUnknownMemberOfAPatchIsNamed() {
        String batch = batch("patched");

        assertThat(call(Role.OPERATOR, "PATCH", "/api/batches/" + batch, "{\"colour\": \"red\"}")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("colour");
    }

    @Test
    void noCallIgnoresAQueryParameterThatItDoesNotKnow() {
        SoftAssertions softly = new SoftAssertions();
        for (Endpoint endpoint : Endpoint.ALL) {
            Answer answer = call(endpoint.least(), endpoint.method(), endpoint.ofNothing() + "?colour=red", "{}");
            softly.assertThat(answer.status()).describedAs(endpoint.toString()).isEqualTo(400);
            softly.assertThat(answer.body()).describedAs(endpoint.toString()).contains("'colour' (red)");
        }
        softly.assertAll();
    }

    @Test
    void anUnknownQueryParameterIsNamedWithThoseThatThereAre() {
        JsonObject problem =
                get(Role.VIEWER, "/api/runs?stat=FAILED&limit=5&limit=6").problem(400, "invalid-request");

        assertThat(problem.getJsonArray("problems").getValuesAs(JsonObject.class))
                .extracting(one -> one.getString("parameter"))
                .containsExactlyInAnyOrder("stat", "limit");
        assertThat(problem.getString("detail"))
                .contains("'stat' (FAILED)")
                .contains("after, batch, limit, state")
                .contains("5 and 6");
    }

    @Test
    void whoMayNotCallIsNotToldTheQueryParameters() {
        assertThat(call(Role.VIEWER, "GET", "/api/audit?colour=red", "")
                        .problem(403, "not-allowed")
                        .getString("detail"))
                .doesNotContain("colour");
    }

    @Test
    void aPageThatCannotBeIsRefused() {
        assertThat(get(Role.VIEWER, "/api/runs?limit=0")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .isEqualTo("limit is 0, but must be from 1 to 500");
        assertThat(get(Role.VIEWER, "/api/runs?limit=many")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("many");
        get(Role.VIEWER, "/api/runs?after=yesterday").problem(400, "invalid-request");
        assertThat(get(Role.VIEWER, "/api/runs?state=BUSY")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("BUSY")
                .contains("RUNNING");
    }

    @Test
    void aPathOutsideTheDataRootsIsNamedWithTheRoots() {
        String batch = batch("outside");

        assertThat(post("/api/batches/" + batch + "/items", "{\"items\": [{\"input\": \"/etc/hostname\"}]}")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("/etc/hostname")
                .contains(data().toString());
    }

    @Test
    void anUnknownTargetIsAnsweredWithThoseThatThereAre() {
        String batch = batch("moon");
        String moon = "{\"name\": \"night\", \"target\": \"moon\"}";
        JsonObject problem = post("/api/batches", moon).problem(422, "unknown-target");

        assertThat(problem.getString("detail")).contains("moon").contains("server");
        assertThat(problem.getJsonArray("known").getValuesAs(JsonString::getString))
                .isEqualTo(get(Role.VIEWER, "/api/targets")
                        .json()
                        .getJsonArray("items")
                        .getValuesAs((JsonObject target) -> target.getString("name")))
                .contains("server");
        call(Role.OPERATOR, "PATCH", "/api/batches/" + batch, "{\"target\": \"moon\"}")
                .problem(422, "unknown-target");
        post("/api/batches/" + batch + "/runs", "{\"pipeline\": \"tomo-full\", \"target\": \"moon\"}")
                .problem(422, "unknown-target");
    }

    @Test
    void whatOneMayNotDoSaysWhoMay() {
        assertThat(call(Role.VIEWER, "POST", "/api/batches", "{\"name\": \"x\"}")
                        .problem(403, "not-allowed")
                        .getString("detail"))
                .contains("role");
    }

    @Test
    void aChangeFromAnotherSiteIsRefusedEvenWithAPassword() {
        Answer answer = send(as(Role.ADMIN, request("POST", "/api/batches", "{\"name\": \"x\"}"))
                .header("Origin", "http://elsewhere.example"));

        assertThat(answer.problem(403, "foreign-origin").getString("detail")).contains("http://elsewhere.example");
    }

    @Test
    void aLostRaceAnswersBothValues() {
        String batch = batch("first");
        String tag = get(Role.VIEWER, "/api/batches/" + batch).header("ETag").orElseThrow();
        assertThat(edit(batch, tag, "{\"name\": \"second\"}").status()).isEqualTo(200);

        JsonObject problem = edit(batch, tag, "{\"name\": \"third\"}").problem(412, "lost-race");

        assertThat(problem.getJsonObject("wanted").getString("name")).isEqualTo("third");
        assertThat(problem.getJsonObject("current").getString("name")).isEqualTo("second");
    }

    @Test
    void aLostRaceForAnItemAnswersBothValues() throws IOException {
        String item = item(batch("items"), "raced.h5");
        String tag = get(Role.VIEWER, item).header("ETag").orElseThrow();
        Answer first = editAt(item, tag, "{\"comment\": \"bright\"}");
        assertThat(first.status()).isEqualTo(200);

        Answer lost = editAt(item, tag, "{\"comment\": \"dim\", \"position\": 0}");

        JsonObject problem = lost.problem(412, "lost-race");
        assertThat(problem.getJsonObject("wanted").getString("comment")).isEqualTo("dim");
        assertThat(problem.getJsonObject("current").getString("comment")).isEqualTo("bright");
        assertThat(lost.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(problem.getJsonObject("wanted").getInt("position")).isZero();
        JsonObject moved = editAt(item, tag, "{\"position\": 7}").problem(412, "lost-race");
        assertThat(moved.getJsonObject("wanted").getInt("position")).isEqualTo(7);
        assertThat(moved.getJsonObject("current").getInt("position")).isZero();
        assertThat(editAt(item, lost.header("ETag").orElseThrow(), "{\"comment\": \"dim\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void ofEditsOfOneVersionAtOnceExactlyOneWins() throws Exception {
        String batch = batch("race");
        String tag = get(Role.VIEWER, "/api/batches/" + batch).header("ETag").orElseThrow();

        assertThat(atOnce(name -> edit(batch, tag, "{\"name\": \"" + name + "\"}")))
                .containsExactlyInAnyOrder(200, 412, 412, 412);
    }

    @Test
    void ofEditsOfOneVersionOfAnItemAtOnceExactlyOneWinsAndWithoutAVersionAllDo() throws Exception {
        String batch = batch("raced items");
        String item = item(batch, "racedAtOnce.h5");
        String tag = get(Role.VIEWER, item).header("ETag").orElseThrow();

        assertThat(atOnce(name -> editAt(item, tag, "{\"comment\": \"" + name + "\"}")))
                .containsExactlyInAnyOrder(200, 412, 412, 412);
        assertThat(atOnce(name -> editAt(item, "*", "{\"comment\": \"" + name + "\", \"position\": 0}")))
                .containsOnly(200);
        assertThat(atOnce(name -> edit(batch, "*", "{\"name\": \"" + name + "\"}")))
                .containsOnly(200);
    }

    private static List<Integer> atOnce(Function<String, Answer> edit) throws Exception {
        ExecutorService editors = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> edits = Stream.of("a", "b", "c", "d")
                    .<Callable<Integer>>map(name -> () -> edit.apply(name).status())
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : editors.invokeAll(edits)) {
                statuses.add(status.get());
            }
            return statuses;
        } finally {
            editors.shutdownNow();
        }
    }

    @Test
    void anEditWithoutAVersionIsMadeOnThePresentOneAndKeepsWhatItDoesNotName() {
        String batch = batch("unversioned");
        String address = "/api/batches/" + batch;
        call(Role.OPERATOR, "PATCH", address, "{\"parameters\": {\"binning\": 1}}");

        JsonObject edited = call(
                        Role.OPERATOR, "PATCH", address, "{\"name\": \"again\", \"parameters\": {\"dezinger\": 3}}")
                .json();

        assertThat(edited.getString("name")).isEqualTo("again");
        assertThat(edited.getJsonObject("parameters").keySet()).containsExactlyInAnyOrder("binning", "dezinger");
        assertThat(edit(batch, "*", "{\"name\": \"once more\"}").status()).isEqualTo(200);
        edit(batch, "next", "{\"name\": \"x\"}").problem(400, "invalid-request");
    }

    @Test
    void listsComeInPagesThatMeet() {
        List.of("one", "two", "three").forEach(ProblemsIT::batch);
        JsonObject first = get(Role.VIEWER, "/api/batches?limit=2").json();
        JsonObject second = get(Role.VIEWER, "/api/batches?limit=2&after=" + first.getString("next"))
                .json();

        List<String> names = Stream.of(first, second)
                .flatMap(page -> page.getJsonArray("items").getValuesAs(JsonObject.class).stream())
                .map(batch -> batch.getString("name"))
                .limit(3)
                .toList();
        assertThat(names).containsExactly("three", "two", "one");
    }

    @Test
    void itemsAreAddedEditedMovedAndRemovedAndTheAuditTellsOfIt() throws IOException {
        String batch = batch("items");
        String items = "/api/batches/" + batch + "/items";
        Path input = Files.writeString(data().resolve("item-b.h5"), "not opened before a run");
        Files.writeString(data().resolve("item-a.h5"), "not opened before a run");
        JsonObject added = post(
                        items,
                        "{\"items\": [{\"input\": \"" + input + "\"}, {\"input\": \"" + data().resolve("item-a.h5")
                                + "\", \"comment\": \"dim\"}]}")
                .json();
        String second = added.getJsonArray("items").getJsonObject(1).getString("id");
        String first = added.getJsonArray("items").getJsonObject(0).getString("id");

        assertThat(call(Role.OPERATOR, "PATCH", items + "/" + second, "{\"position\": 0, \"comment\": \"bright\"}")
                        .json()
                        .getString("comment"))
                .isEqualTo("bright");
        assertThat(get(Role.VIEWER, items).json().getJsonArray("items").getValuesAs(JsonObject.class))
                .extracting(item -> item.getString("name"))
                .containsExactly("item-a", "item-b");
        assertThat(call(Role.OPERATOR, "DELETE", items + "/" + first + "?input=true", "")
                        .status())
                .isEqualTo(204);
        assertThat(input).doesNotExist();
        assertThat(get(Role.ADMIN, "/api/audit?limit=500")
                        .json()
                        .getJsonArray("items")
                        .getValuesAs(JsonObject.class))
                .filteredOn(entry -> entry.getString("subject").equals(first))
                .extracting(entry -> entry.getString("action") + " by " + entry.getString("who"))
                .containsExactly("item removed by operator", "item added by operator");
    }

    /** The address of an item whose input is no more than a file. */
    private static String item(String batch, String file) throws IOException {
        Path input = Files.writeString(data().resolve(file), "not opened before a run");
        String items = "/api/batches/" + batch + "/items";
        return items + "/"
                + post(items, "{\"items\": [{\"input\": \"" + input + "\"}]}")
                        .created()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("id");
    }

    private static Answer edit(String batch, String tag, String patch) {
        return editAt("/api/batches/" + batch, tag, patch);
    }

    private static Answer editAt(String address, String tag, String patch) {
        return send(as(Role.OPERATOR, request("PATCH", address, patch)).header("If-Match", tag));
    }

    private static String batch(String name) {
        return post("/api/batches", "{\"name\": \"" + name + "\"}").json().getString("id");
    }

    private static Path data() {
        return TestServer.home().resolve("data");
    }
}
