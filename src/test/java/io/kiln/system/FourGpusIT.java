package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kiln.cli.home.Database;
import io.kiln.integration.OwnServers;
import io.kiln.integration.Patience;
import io.kiln.job.DeviceTurns;
import io.kiln.tomography.PipelineTrial;
import io.kiln.tomography.TomoFullPipeline;
import io.kiln.volume.preview.PublishedVolume;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A server with four simulated GPUs: one scan on all of them, and many scans that queue for them. */
@OwnServers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FourGpusIT {
    private static final Logger LOG = Logger.getLogger(FourGpusIT.class.getName());
    private static final int GPUS = 4;
    private static final int SLICES = ScanFolder.SMALL_SLICES;
    private static final JsonObject PARAMETERS = Json.createObjectBuilder()
            .add("rotationAxis", ScanFolder.SMALL_CENTER)
            .add("reconstructionAlgorithm", "linerec")
            .build();

    private static final Pattern PARTLY =
            Pattern.compile("Completed (?<completed>[1-9]\\d?)/20 \\| Running: 4 \\| Queue: (?<queue>\\d+)");

    private static final JsonValue ALL = Json.createValue("all");

    @TempDir
    private static Path folder;

    private static DriverControl pace;
    private static ScanFolder original;
    private static Installation kiln;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Installation.canSimulateGpus(), "no g++ is installed to build the simulated CUDA driver with");
        pace = DriverControl.create(folder.resolve("pace"));
        original = ScanFolder.small(folder.resolve("data/original"));
        kiln = new Installation(
                folder.resolve("home"),
                folder.resolve("data"),
                Map.of("SIMULATED_GPU_CONTROL", pace.toString(), "KILN_DISK_RESERVE_MIB", "1"));
        kiln.useBuiltDriver();
        up(GPUS);
    }

    private static void up(int gpus) {
        assertThat(kiln.launch("up", "--simulate-gpus", Integer.toString(gpus)))
                .contains("computing on " + gpus + " simulated GPUs");
    }

    @BeforeEach
    void atFullPace() throws IOException {
        backprojectionLasts(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        if (kiln != null) {
            kiln.close();
        }
    }

    @Test
    void aScanGivesTheSameSlicesOnTheProcessorAndOnOneGpuAndOnFour() throws Exception {
        for (String algorithm : List.of("fourierrec", "linerec")) {
            JsonObject parameters = Json.createObjectBuilder(PARAMETERS)
                    .add("reconstructionAlgorithm", algorithm)
                    .build();
            Path processor = folder.resolve("processor-" + algorithm);
            new PipelineTrial(new TomoFullPipeline(), original.scan(), processor, parameters.toString()).run();
            ScanFolder one = original.again("one-" + algorithm);
            ScanFolder four = original.again("four-" + algorithm);

            assertThat(devices(completed(run(one, parameters, Json.createValue(1)))))
                    .hasSize(1);
            assertThat(devices(completed(run(four, parameters, ALL)))).hasSize(GPUS);

            assertThat(four.slices()).hasSize(SLICES).isEqualTo(one.slices());
            try (PublishedVolume expected = PublishedVolume.open(processor);
                    PublishedVolume actual = PublishedVolume.open(four.outputs().resolve("scan_rec"))) {
                for (int slice = 0; slice < SLICES; slice++) {
                    assertThat(largestDifference(values(expected, slice), values(actual, slice)))
                            .as("slice %d of %s, relative to its largest value", slice, algorithm)
                            .isLessThan(1e-4);
                }
            }
        }
    }

    /** The last one: it leaves two. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aRunThatIsKilledOnFourGpusEndsOnTwoAndComputesOnlyWhatIsMissing() throws Exception {
        ScanFolder undisturbed = original.again("undisturbed");
        completed(run(undisturbed, PARAMETERS, ALL));
        allButTheFirstGpuHoldStill();
        ScanFolder scan = original.again("killed");
        String run = run(scan, PARAMETERS, ALL);
        kiln.client()
                .awaitRun(
                        run,
                        Patience.LIMIT,
                        seen -> seen.getJsonArray("devices").size() == GPUS && Client.done(seen) > 0);

        kiln.killServer();
        int settled = settledBy(run, 1);
        assertThat(settled).as("slices that were whole when it was killed").isBetween(1, SLICES - 1);
        backprojectionLasts(Duration.ZERO);
        up(2);

        JsonObject ended = completed(run);
        assertThat(ended.getInt("attempt")).isEqualTo(2);
        assertThat(devices(ended)).hasSize(2);
        assertThat(settledBy(run, 1)).as("none of them was computed again").isEqualTo(settled);
        assertThat(settledBy(run, 2)).isEqualTo(SLICES - settled);
        assertThat(scan.slices()).isEqualTo(undisturbed.slices());
    }

    @Test
    void theStatusOfTwentyScansSaysHowFarTheyAre() throws Exception {
        Client client = kiln.client();
        backprojectionLasts(Duration.ofMillis(250));
        String batch = client.batch("twenty", PARAMETERS, scans("twenty", 20));

        client.post("/api/batches/" + batch + "/runs", Laboratory.full());

        await().atMost(Patience.LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> PARTLY.matcher(sentence(batch)),
                        partly -> partly.matches() && number(partly, "completed") + 4 + number(partly, "queue") == 20);
        backprojectionLasts(Duration.ZERO);
        await().atMost(Duration.ofMinutes(3))
                .until(() -> sentence(batch), "Completed 20/20 | Running: 0 | Queue: 0"::equals);
    }

    private static int number(Matcher sentence, String group) {
        return Integer.parseInt(sentence.group(group));
    }

    /** {@code -Dkiln.it.gpu.runs=1000} measures. */
    @Test
    void runsThatWaitForGpusFollowEachOtherAndEachRunsOnce() throws Exception {
        int count = Integer.getInteger("kiln.it.gpu.runs", 60);
        Client client = kiln.client();
        String batch = client.batch("many", PARAMETERS, scans("many", count));

        client.post("/api/batches/" + batch + "/runs", Laboratory.full());

        try (Connection database = connect()) {
            DeviceTurns turns = new DeviceTurns(database, UUID.fromString(batch));
            await().atMost(Duration.ofMinutes(20))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> turns.active() == 0);
            LOG.info(turns.sentence());
            assertThat(turns.completed()).as("none is lost").isEqualTo(count);
            assertThat(turns.executions()).as("none runs twice").isEqualTo(count);
            assertThat(turns.devices()).isEqualTo(GPUS);
            assertThat(turns.mostAtOnce()).isEqualTo(GPUS);
            assertThat(turns.millisecondsUntilLeased())
                    .as("ms until a GPU is leased again; without a wake-up it would be a second")
                    .isLessThan(turns.millisecondsForALease());
        }
    }

    private static Connection connect() throws IOException, SQLException {
        Database database = kiln.database().start();
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    /** Each slab, which is launched once, takes at least so long. */
    private static void backprojectionLasts(Duration duration) throws IOException {
        pace.tell("call=backproject microseconds=" + duration.toNanos() / 1000);
    }

    /** Their first slabs last longer than a test: it finds the run in the middle, however late it looks. */
    private static void allButTheFirstGpuHoldStill() throws IOException {
        long held = Duration.ofMinutes(30).toNanos() / 1000;
        pace.tell(IntStream.range(1, GPUS)
                .mapToObj(gpu -> "device=" + gpu + " call=backproject microseconds=" + held)
                .collect(Collectors.joining(";")));
    }

    /** @param devices how many, or "all" */
    private static String run(ScanFolder scan, JsonObject parameters, JsonValue devices) {
        Client client = kiln.client();
        return client.run(
                client.batch(scan.folder().getFileName().toString(), parameters, List.of(scan.scan())),
                Json.createObjectBuilder(Laboratory.full())
                        .add("devices", devices)
                        .build());
    }

    private static JsonObject completed(String run) {
        return kiln.client().awaitState(run, "COMPLETED");
    }

    /** What the run was last computed on. */
    private static List<String> devices(JsonObject run) {
        return run
                .getJsonArray("executions")
                .getJsonObject(0)
                .getJsonArray("devices")
                .getValuesAs(JsonString.class)
                .stream()
                .map(JsonString::getString)
                .toList();
    }

    /** So many files with the scan, which take no space. */
    private static List<Path> scans(String name, int count) throws IOException {
        Path into = Files.createDirectories(folder.resolve("data").resolve(name));
        List<Path> scans = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            scans.add(Files.createLink(into.resolve(String.format("scan_%04d.h5", i)), original.scan()));
        }
        return scans;
    }

    private static String sentence(String batch) {
        return kiln.client()
                .get("/api/batches/" + batch)
                .getJsonObject("status")
                .getString("sentence");
    }

    /** Slices that the ledger says the attempt has made. */
    private static int settledBy(String run, int attempt) throws IOException, SQLException {
        try (Connection database = connect();
                PreparedStatement statement = database.prepareStatement(
                        "select coalesce(sum(to_unit - from_unit), 0) from ledger where run = ? and attempt = ?")) {
            statement.setObject(1, UUID.fromString(run));
            statement.setInt(2, attempt);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getInt(1);
            }
        }
    }

    private static float[] values(PublishedVolume volume, int slice) throws IOException {
        float[] values = new float[ScanFolder.SMALL_COLUMNS * ScanFolder.SMALL_COLUMNS];
        volume.rows(slice, 0, ScanFolder.SMALL_COLUMNS, values);
        return values;
    }

    private static double largestDifference(float[] expected, float[] actual) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
        }
        return difference / largest;
    }
}
