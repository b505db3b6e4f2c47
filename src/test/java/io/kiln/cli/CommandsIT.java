package io.kiln.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.api.contract.Endpoint;
import io.kiln.cli.Terminal.Result;
import io.kiln.cli.Terminal.Running;
import io.kiln.integration.Patience;
import io.kiln.integration.TestServer;
import io.kiln.integration.WaitingJob;
import io.kiln.tomography.sample.SampleScan;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every command that asks a server, and by them every call of REST. */
@ExtendWith(ArquillianExtension.class)
@Order(3)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
class CommandsIT {
    /** What only browsers do, pictures that a screen is made of among it; users are changed by kiln user, in the home's files, whether the server runs or not. */
    private static final List<String> NOT_FOR_COMMANDS = List.of(
            "GET /api/pictures",
            "GET /api/pictures/slice.png",
            "GET /api/pictures/slice.f32",
            "GET /api/pictures/histogram",
            "GET /api/pictures/projections",
            "DELETE /api/session",
            "POST /api/session/password",
            "GET /api/users",
            "POST /api/users",
            "PATCH /api/users/{user}",
            "DELETE /api/users/{user}");

    private static final String NEVER = "2999-01-01T00:00:00Z";

    @TempDir
    private static Path temporary;

    private static Terminal kiln;

    private Path data;

    @Deployment(testable = false)
    static WebArchive application() {
        return WaitingJob.deployment();
    }

    @BeforeAll
    static void open() throws IOException {
        kiln = new Terminal(Files.createDirectories(temporary.resolve("secrets")));
    }

    @AfterAll
    static void close() {
        kiln.close();
    }

    @BeforeEach
    void makeAFolderOfScans() throws IOException {
        data = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "commands");
    }

    @Test
    void batchesAreCreatedShownEditedAndDeleted() throws IOException {
        scan("a.h5");
        JsonObject created = kiln.operator(
                        "batch",
                        "create",
                        "teeth",
                        "--folder",
                        data.toString(),
                        "--pattern",
                        "*.h5",
                        "-p",
                        "binning=1",
                        "--json")
                .json();
        String batch = created.getString("id");
        assertThat(kiln.operator("batch", "list", "--limit", "3").ok())
                .contains("createdBy")
                .contains(batch)
                .contains("Completed 0/1 | Running: 0 | Queue: 0 | Not queued: 1");
        assertThat(kiln.operator("batch", "show", batch).ok()).contains("name            teeth", "lastSubmittedBy -");

        JsonObject edited = kiln.operator(
                        "batch",
                        "edit",
                        batch,
                        "--name",
                        "molars",
                        "--pipeline",
                        "tomo-full",
                        "--target",
                        "server",
                        "--output",
                        data.resolve("out").toString(),
                        "-p",
                        "dezinger=3",
                        "--max-devices",
                        "2",
                        "--if-version",
                        Integer.toString(created.getInt("version")),
                        "--json")
                .json();
        assertThat(edited.getString("name")).isEqualTo("molars");
        assertThat(edited.getString("pipeline")).isEqualTo("tomo-full");
        assertThat(edited.getInt("maxDevices")).isEqualTo(2);
        assertThat(edited.getString("output")).isEqualTo(data.resolve("out").toString());
        assertThat(edited.getJsonObject("parameters").keySet()).containsExactlyInAnyOrder("binning", "dezinger");

        assertThat(kiln.operator("batch", "edit", batch, "--name", "x", "--if-version", "0")
                        .refused())
                .contains("version");
        JsonObject bare = kiln.operator("batch", "edit", batch, "--pipeline=", "--output=", "-p", "binning=", "--json")
                .json();
        assertThat(bare.isNull("pipeline")).isTrue();
        assertThat(bare.isNull("output")).isTrue();
        assertThat(bare.getJsonObject("parameters").keySet()).containsExactly("dezinger");

        assertThat(kiln.operator("batch", "delete", batch).ok()).contains(batch);
        assertThat(kiln.operator("batch", "show", batch).refused()).contains("there is no batch " + batch);
    }

    @Test
    void parametersAreKeptUnderNamesAndGivenToItems() throws IOException {
        String batch = batch("of sets", scan("a.h5"), scan("b.h5"));
        String set = kiln.operator(
                        "parameters",
                        "save",
                        "fine",
                        "--pipeline",
                        "tomo-full",
                        "--shared",
                        "-p",
                        "binning=1",
                        "--json")
                .json()
                .getString("id");
        assertThat(kiln.operator("parameters", "list", "--pipeline", "tomo-full")
                        .ok())
                .contains(set)
                .contains("fine");
        assertThat(kiln.operator("parameters", "edit", set, "--name", "finer", "-p", "binning=2", "--json")
                        .json()
                        .getJsonObject("parameters")
                        .getInt("binning"))
                .isEqualTo(2);
        assertThat(kiln.operator("parameters", "show", set).ok()).contains("finer");

        assertThat(kiln.operator("parameters", "apply", set, batch, "--replace").ok())
                .contains("2");

        assertThat(kiln.operator("item", "list", batch).ok()).contains("{\"binning\":2}");
        assertThat(kiln.operator("parameters", "delete", set).ok()).contains(set);
        assertThat(kiln.operator("parameters", "show", set).refused()).contains("no parameter set " + set);
    }

    @Test
    void whoeverWantsToIsTold() {
        assertThat(kiln.operator("subscription", "channels").ok()).contains("127.0.0.1");
        String subscription = kiln.operator(
                        "subscription", "add", "--webhook", "http://127.0.0.1:1/", "--on", "stalled", "--json")
                .json()
                .getString("id");
        assertThat(kiln.operator("subscription", "list").ok())
                .contains(subscription)
                .contains("STALLED");
        assertThat(kiln.operator("subscription", "add", "--webhook", "http://example.org/")
                        .refused())
                .contains("KILN_WEBHOOK_HOSTS");
        assertThat(kiln.operator("subscription", "sent", "--limit", "3").ok()).isNotNull();
        assertThat(kiln.operator("subscription", "remove", subscription).ok()).contains(subscription);
    }

    @Test
    void aScriptSignsInWithATokenUntilItIsRevoked() {
        Path file = temporary.resolve("token");
        String token = kiln.operator(
                        "token",
                        "create",
                        "nightly",
                        "--role",
                        "viewer",
                        "--days",
                        "7",
                        "--to",
                        file.toString(),
                        "--json")
                .json()
                .getString("id");
        assertThat(kiln.operator("token", "create", "again", "--to", file.toString())
                        .refused())
                .contains("there already");
        assertThat(kiln.operator("token", "create", "lost", "--to", "/nope/token")
                        .refused())
                .contains("There is no /nope");
        assertThat(kiln.operator("token", "list").ok())
                .contains("nightly")
                .contains(token)
                .doesNotContain("lost");

        JsonObject session = kiln.bearing(file, "whoami", "--json").json();
        assertThat(session.getString("user")).isEqualTo("operator");
        assertThat(session.getJsonArray("roles")).hasSize(1);
        assertThat(kiln.bearing(file, "batch", "create", "x").refused()).contains("another role");

        assertThat(kiln.operator("token", "revoke", token).ok()).contains(token);
        assertThat(kiln.bearing(file, "whoami").refused()).contains("token");
    }

    @Test
    void itemsAreMarkedAndListedByTheirMarks() throws IOException {
        String batch = batch("marked");
        List<JsonObject> added = items(kiln.operator(
                "item", "add", batch, scan("f.h5").toString(), scan("g.h5").toString(), "--json"));
        String item = added.get(0).getString("id");

        assertThat(kiln.operator("item", "mark", batch, item, "GOOD").ok()).contains("GOOD");
        assertThat(kiln.operator("item", "mark", batch, item, "FINE").refused()).contains("TRY_AGAIN");
        assertThat(items(kiln.operator("item", "sheet", batch, "--mark", "GOOD", "--json")))
                .extracting(entry -> entry.getString("name"))
                .containsExactly("f");
        assertThat(kiln.operator("item", "unmark", batch, item).ok()).contains(item);
        assertThat(items(kiln.operator("item", "sheet", batch, "--mark", "NONE", "--json")))
                .hasSize(2);
    }

    @Test
    void itemsAreStoppedRestartedAndRemovedTogether() throws IOException {
        scan("a.h5");
        scan("b.h5");
        String batch = kiln.operator("batch", "create", "some", "--folder", data.toString(), "--json")
                .json()
                .getString("id");
        scan("c.h5");
        assertThat(kiln.operator("roots", "files", data.toString(), "--pattern", "*.h5", "--limit", "2")
                        .ok())
                .contains("a.h5")
                .contains("FILE")
                .contains("more with --after");
        assertThat(kiln.operator("batch", "rescan", batch, "--json").json().getInt("added"))
                .isEqualTo(1);
        kiln.operator("run", "start", batch, "--pipeline", "tomo-full", "--not-before", NEVER)
                .ok();
        String first =
                items(kiln.operator("item", "list", batch, "--json")).get(0).getString("id");

        assertThat(kiln.operator("items", "stop", batch, first).ok()).containsPattern("runs +1");
        assertThat(kiln.operator("items", "restart", batch, "--failed").ok()).containsPattern("runs +0");
        assertThat(kiln.operator("items", "restart", batch).ok()).containsPattern("runs +1");
        kiln.operator("items", "stop", batch).ok();

        assertThat(kiln.operator("items", "remove", batch, "--entries", "--inputs", "--dry-run", "--json")
                        .json()
                        .getInt("entries"))
                .isEqualTo(3);
        assertThat(answering("", "items", "remove", batch, "--entries", "--inputs")
                        .refused())
                .contains("Remove 3 items, 0 output files (0 bytes) and 3 input files")
                .contains("--yes");
        answering("y\n", "items", "remove", batch, first, "--entries", "--inputs")
                .ok();
        assertThat(data.resolve("a.h5")).doesNotExist();
        assertThat(data.resolve("b.h5")).exists();
    }

    @Test
    void itemsAreAddedShownEditedAndMoved() throws IOException {
        String batch = batch("items");
        List<JsonObject> added = items(kiln.operator(
                "item",
                "add",
                batch,
                scan("b.h5").toString(),
                scan("c.h5").toString(),
                "--comment",
                "dim",
                "-p",
                "binning=1",
                "--json"));
        assertThat(added).extracting(item -> item.getString("comment")).containsExactly("dim", "dim");
        String first = added.get(0).getString("id");
        String second = added.get(1).getString("id");
        kiln.operator("item", "add", batch, scan("d.h5").toString(), "--name", "last", "--after", first + "," + second)
                .ok();

        assertThat(kiln.operator("item", "move", batch, second, "0").ok()).contains(second);
        assertThat(items(kiln.operator("item", "list", batch, "--json")))
                .extracting(item -> item.getString("name"))
                .containsExactly("c", "b", "last");
        kiln.operator("items", "move", batch, second, first, "--to", "end").ok();
        assertThat(items(kiln.operator("item", "list", batch, "--json")))
                .extracting(item -> item.getString("name"))
                .containsExactly("last", "c", "b");
        assertThat(kiln.operator("item", "list", batch, "--limit", "1").ok())
                .contains("comment")
                .contains("more with --after");
        assertThat(kiln.operator(
                                "item",
                                "edit",
                                batch,
                                first,
                                "--input",
                                scan("e.h5").toString(),
                                "--comment=")
                        .ok())
                .contains("e.h5");
        JsonObject shown = kiln.operator("item", "show", batch, first, "--json").json();
        assertThat(shown.getString("comment")).isEmpty();
        assertThat(shown.getString("name")).isEqualTo("b");
    }

    @Test
    void filesGoWithAnItemOnlyWhereSomebodyHasSaidYes() throws IOException {
        String batch = batch("removed");
        Path scan = scan("f.h5");
        String item = items(kiln.operator("item", "add", batch, scan.toString(), "--json"))
                .get(0)
                .getString("id");

        assertThat(answering("", "item", "remove", batch, item, "--input").refused())
                .contains("Delete " + scan)
                .contains("--yes");
        assertThat(answering("n\n", "item", "remove", batch, item, "--input", "--outputs")
                        .refused())
                .contains("published outputs of f");
        assertThat(scan).exists();
        answering("y\n", "item", "remove", batch, item, "--input").ok();
        assertThat(scan).doesNotExist();

        Path other = scan("g.h5");
        String kept = items(kiln.operator("item", "add", batch, other.toString(), "--json"))
                .get(0)
                .getString("id");
        kiln.operator("item", "remove", batch, kept).ok();
        assertThat(other).exists();
        String gone = items(kiln.operator("item", "add", batch, other.toString(), "--json"))
                .get(0)
                .getString("id");
        kiln.operator("item", "remove", batch, gone, "--input", "--yes").ok();
        assertThat(other).doesNotExist();
    }

    @Test
    void runsAreQueuedStoppedRestartedAndForgotten() throws IOException {
        String batch = batch("queued", scan("1.h5"), scan("2.h5"), scan("3.h5"));
        String second =
                items(kiln.operator("item", "list", batch, "--json")).get(1).getString("id");

        assertThat(items(kiln.operator(
                        "run", "start", batch, "--pipeline", "tomo-full", "--from", second, "--dry-run", "--json")))
                .extracting(run -> run.getString("itemName"))
                .containsExactly("2", "3");
        assertThat(items(kiln.operator("run", "list", "--batch", batch, "--json")))
                .isEmpty();
        List<JsonObject> queued = items(kiln.operator(
                "run",
                "start",
                batch,
                "--pipeline",
                "tomo-full",
                "--items",
                second,
                "-p",
                "rotationAxis=12.5",
                "--target",
                "server",
                "--devices",
                "all",
                "--not-before",
                NEVER,
                "--priority",
                "7",
                "--force",
                "--json"));
        String run = queued.get(0).getString("id");
        assertThat(queued.get(0)
                        .getJsonObject("parameters")
                        .getJsonNumber("rotationAxis")
                        .doubleValue())
                .isEqualTo(12.5);
        assertThat(kiln.operator(
                                "run",
                                "start",
                                batch,
                                "--pipeline",
                                "tomo-full",
                                "-p",
                                "rotationAxis=12.5",
                                "--not-before",
                                NEVER)
                        .ok())
                .contains("left out: 2, because");

        assertThat(kiln.operator("run", "timeline", run).ok()).contains("outcome");
        assertThat(kiln.operator("run", "timeline", run, "--json").json()).containsKey("attempts");
        JsonObject shown = kiln.operator("run", "show", run, "--json").json();
        assertThat(shown.getInt("priority")).isEqualTo(7);
        assertThat(shown.getString("notBefore")).isEqualTo(NEVER);
        assertThat(kiln.operator("run", "list", "--batch", batch, "--state", "QUEUED")
                        .ok())
                .contains(run);
        assertThat(kiln.operator("run", "list", "--state", "BUSY").refused()).contains("BUSY");
        assertThat(kiln.operator("run", "delete", run).refused()).contains("QUEUED");
        assertThat(kiln.operator("run", "stop", run).ok()).contains("STOPPED");
        assertThat(kiln.operator("run", "restart", run).ok()).contains("QUEUED");
        assertThat(kiln.operator("batch", "stop", batch).ok()).contains("runs         3");
        assertThat(kiln.operator("run", "delete", run).ok()).contains(run);
        assertThat(kiln.operator("run", "show", run).refused()).contains("there is no run " + run);
    }

    @Test
    void aRunIsWatchedToItsEndAndItsOutputsAreFetched() throws IOException {
        Path scan = data.resolve("body.h5");
        SampleScan.body(90, 4, 64, 31.5).write(scan);
        String batch = batch("fetched", scan);

        assertThat(kiln.operator("run", "start", batch, "--pipeline", "tomo-full", "-p", "rotationAxis=31.5", "--watch")
                        .ok())
                .contains("tomo-full  COMPLETED")
                .contains("4 of 4 slices");
        JsonObject run =
                items(kiln.operator("run", "list", "--batch", batch, "--json")).get(0);
        String id = run.getString("id");
        assertThat(kiln.operator("run", "watch", id).ok()).contains("COMPLETED");
        assertThat(kiln.operator("batch", "watch", batch).ok()).contains("COMPLETED");

        assertThat(kiln.operator("run", "outputs", id, "--limit", "2").ok())
                .contains("more with --after")
                .contains("preview.png");
        Path folder = temporary.resolve("fetched");
        kiln.operator("run", "download", id, "--to", folder.toString()).ok();
        Path published = Path.of(run.getString("output"));
        assertThat(folder.resolve("recon_00003.tiff")).hasSameBinaryContentAs(published.resolve("recon_00003.tiff"));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(6);
        }
        assertThat(kiln.operator("run", "download", id, "recon.json", "--to", folder.toString())
                        .refused())
                .contains("is there already");
        kiln.operator("run", "download", id, "recon.json", "--to", folder.toString(), "--force")
                .ok();
        assertThat(kiln.operator("run", "download", id, "../passwords", "--to", folder.toString())
                        .refused())
                .contains("leads out of");
        Path picture = temporary.resolve("slice.png");
        kiln.operator("run", "preview", id, picture.toString(), "--slice", "1", "--min", "0", "--max", "1")
                .ok();
        assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');

        // the attempt's end is told after the run's
        String log = await().atMost(Patience.LIMIT)
                .until(() -> kiln.operator("run", "log", id).ok(), told -> told.contains("has ended"));
        assertThat(log.lines()).hasSizeGreaterThan(2);
        assertThat(kiln.operator("run", "log", id, "--follow").ok()).isEqualTo(log);
        assertThat(kiln.operator("run", "log", id, "--tail", "1").ok()).isEqualTo(last(log) + "\n");
        assertThat(kiln.operator("run", "log", id, "--tail", "1", "-f").ok()).isEqualTo(last(log) + "\n");
    }

    @Test
    void whoWatchesARunSeesItsProgressAndItsLogGrow() throws Exception {
        Path scan = data.resolve("long.h5");
        SampleScan.demonstration().write(scan);
        String batch = batch("watched", scan);
        String run = items(kiln.operator(
                        "run", "start", batch, "--pipeline", "tomo-try", "-p", "centerSearchStep=0.02", "--json"))
                .get(0)
                .getString("id");
        Running watch = kiln.start("run", "watch", run, "--json");
        Running batchWatch = kiln.start("batch", "watch", batch, "--json");
        Running log = kiln.start("run", "log", run, "--follow");

        await().atMost(Patience.LIMIT)
                .until(() ->
                        watch.lines().stream().map(CommandsIT::done).distinct().count() > 3);
        await().atMost(Patience.LIMIT)
                .until(() -> batchWatch.lines().stream()
                                .map(CommandsIT::done)
                                .distinct()
                                .count()
                        > 3);
        await().atMost(Patience.LIMIT).until(() -> !log.out().toString().isEmpty());
        kiln.operator("run", "stop", run).ok();

        assertThat(watch.end().get().refused()).contains(run + " is STOPPED");
        assertThat(batchWatch.end().get().refused()).contains(run + " is STOPPED");
        // which the attempt's end is appended to after the run's
        assertThat(kiln.operator("run", "log", run).ok())
                .startsWith(log.end().get().ok());
    }

    private static int done(JsonObject run) {
        return run.isNull("progress") ? 0 : run.getJsonObject("progress").getInt("done");
    }

    @Test
    void jobsAreListedStartedStoppedRestartedAndAbandoned() {
        assertThat(kiln.operator("job", "list").ok()).containsPattern("(?m)^tomo-full +true ");
        assertThat(kiln.operator("job", "start", "tomo-full").refused()).contains("pipeline");
        String started = execution(kiln.operator("job", "start", WaitingJob.NAME, "-p", "why=a test", "--json"));
        awaitStatus(started, "STARTED");
        assertThat(kiln.operator("job", "restart", started).refused()).contains(started);
        kiln.operator("job", "stop", started).ok();
        awaitStatus(started, "STOPPED");
        String restarted = execution(kiln.operator("job", "restart", started, "--json"));
        awaitStatus(restarted, "STARTED");
        kiln.operator("job", "stop", restarted).ok();
        awaitStatus(restarted, "STOPPED");

        assertThat(kiln.operator("job", "abandon", restarted).ok()).contains("ABANDONED");
        assertThat(kiln.operator("job", "executions", "--job", WaitingJob.NAME, "--limit", "2")
                        .ok())
                .contains("ABANDONED")
                .contains("STOPPED");
    }

    private static String execution(Result answer) {
        return answer.json().getJsonNumber("id").toString();
    }

    private static void awaitStatus(String execution, String status) {
        await().atMost(Patience.LIMIT)
                .until(
                        () -> kiln.operator("job", "show", execution, "--json")
                                .json()
                                .getString("batchStatus"),
                        status::equals);
    }

    @Test
    void aNodeIsTakenOutOfServiceAndBack() {
        String node = items(kiln.operator("node", "list", "--json")).get(0).getString("name");

        assertThat(kiln.operator("node", "drain", node).refused()).contains("role");
        assertThat(kiln.admin("node", "drain", node).ok()).contains("draining     true");
        assertThat(kiln.operator("node", "list").ok()).contains("heartbeatAt").contains(node);
        assertThat(kiln.admin("node", "resume", node).ok()).contains("draining     false");
        assertThat(kiln.operator("node", "show", node).ok()).contains("activeRuns");
        assertThat(kiln.operator("gpus", "list").ok()).contains("memoryBytes").contains(node);
        assertThat(kiln.operator("gpus", "release", node, "cpu0").ok()).contains("processor");
        assertThat(kiln.operator("targets").ok()).contains("server");
    }

    @Test
    void rootsAreAddedMappedMovedAndRemoved() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("root")).toRealPath();
        Path moved = Files.createDirectories(temporary.resolve("moved")).toRealPath();
        String root =
                kiln.admin("roots", "add", folder.toString(), "--json").json().getString("id");

        assertThat(kiln.admin("roots", "map", root, "/mnt/beamline").ok()).contains("/mnt/beamline");
        assertThat(kiln.admin("roots", "unmap", root, "/mnt/beamline").ok()).doesNotContain("/mnt/beamline");
        assertThat(kiln.admin("roots", "move", root, moved.toString()).ok()).contains(moved.toString());
        assertThat(kiln.operator("roots", "show", root).ok()).contains(moved.toString());
        assertThat(kiln.operator("roots", "list").ok()).contains("aliases").contains(root);
        kiln.admin("roots", "remove", root).ok();
        assertThat(kiln.operator("roots", "list").ok()).doesNotContain(root);
        assertThat(moved).exists();
    }

    @Test
    void pipelinesAndWhoAsksAndWhatHappenedAreTold() {
        assertThat(kiln.operator("pipeline", "list").ok()).contains("tomo-try");
        assertThat(kiln.operator("pipeline", "show", "tomo-full").ok()).contains("rotationAxis");
        assertThat(kiln.operator("pipeline", "show", "tomo-full", "--json")
                        .json()
                        .getString("name"))
                .isEqualTo("tomo-full");
        assertThat(kiln.operator("whoami").ok()).contains("operator");
        String batch = batch("told");
        assertThat(kiln.admin("audit", "--limit", "5").ok())
                .contains("batch created")
                .contains(batch);
        assertThat(kiln.admin("audit", "--action", "batch created", "--subject", batch)
                        .ok())
                .contains(batch);
        assertThat(kiln.admin("audit", "--who", "nobody").ok()).doesNotContain(batch);
        assertThat(kiln.operator("audit").refused()).contains("role");
        assertThat(kiln.operator("about").ok()).contains("WildFly").contains("3.1.0.Final");
        assertThat(kiln.operator("overview").ok()).contains("Devices").contains("reserveBytes");
        assertThat(kiln.operator("overview", "--json").json()).containsKey("queue");
    }

    @Test
    void eventsAreFollowedAndReadOnFromOneOfThem() {
        List<String> batches = new ArrayList<>();
        JsonObject first =
                await().atMost(Patience.LIMIT).until(() -> nextEvent(batches), event -> batches.contains(about(event)));
        assertThat(first.getJsonObject("data").getString("kind")).isEqualTo(first.getString("event"));
        batches.add(batch("next"));

        JsonObject second = first;
        do {
            second = kiln.operator("events", "--after", second.getString("id"), "--count", "1", "--json")
                    .json();
        } while (!batches.contains(about(second)));
        assertThat(about(second)).isEqualTo(batches.get(batches.indexOf(about(first)) + 1));
    }

    /** What happens next, whoever did it, while batches are created. */
    private static JsonObject nextEvent(List<String> batches) {
        Running events = kiln.start("events", "--count", "1", "--json");
        await().atMost(Patience.LIMIT).until(() -> {
            batches.add(batch("heard"));
            return events.end().isDone();
        });
        return events.lines().get(0);
    }

    /** The batch that an event tells of; empty for one that is not kept, as nobody can go on from it. */
    private static String about(JsonObject event) {
        return event.getString("id").isEmpty()
                ? ""
                : event.getJsonObject("data").getString("batch", "");
    }

    @Test
    void whatAServerCannotAnswerIsExplained() throws IOException {
        Path wrong = Files.writeString(temporary.resolve("wrong"), "not the password");
        assertThat(execute("run", "list", "--url", url(), "--user", "admin", "--password-file", wrong.toString()))
                .isEqualTo(1);
        assertThat(execute("run", "list", "--url", "nowhere", "--password-file", wrong.toString()))
                .isEqualTo(1);
        assertThat(execute("run", "list", "--url", "http://127.0.0.1:1", "--password-file", wrong.toString()))
                .isEqualTo(1);
    }

    private static int execute(String... arguments) {
        return Main.commandLine().execute(arguments);
    }

    private static String url() {
        return TestServer.base().toString();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void everyCommandWasGivenAndEveryCallOfRestMadeByOne() {
        assertThat(kiln.commands())
                .containsAll(CommandTree.remote().stream()
                        .map(command -> command.qualifiedName())
                        .toList());
        assertThat(Endpoint.ALL.stream()
                        .filter(endpoint -> kiln.calls().stream().noneMatch(pattern(endpoint))))
                .extracting(Endpoint::toString)
                .containsExactlyElementsOf(NOT_FOR_COMMANDS);
    }

    private static Predicate<String> pattern(Endpoint endpoint) {
        return Pattern.compile(endpoint.method() + " "
                        + endpoint.path().replace("{path}", ".+").replaceAll("\\{[a-z]+}", "[^/?]+") + "(\\?.*)?")
                .asMatchPredicate();
    }

    private static Result answering(String answer, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        try {
            return kiln.operator(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private Path scan(String name) throws IOException {
        return Files.writeString(data.resolve(name), "not opened before a run");
    }

    private static String batch(String name, Path... inputs) {
        String[] arguments = Stream.concat(
                        Stream.of("batch", "create", name, "--json"),
                        Stream.of(inputs).map(Path::toString))
                .toArray(String[]::new);
        return kiln.operator(arguments).json().getString("id");
    }

    private static List<JsonObject> items(Result answer) {
        return answer.json().getJsonArray("items").getValuesAs(JsonObject.class);
    }

    private static String last(String log) {
        List<String> lines = log.lines().toList();
        return lines.get(lines.size() - 1);
    }
}
