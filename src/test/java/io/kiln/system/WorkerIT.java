package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kiln.integration.OwnServers;
import io.kiln.integration.SmallDisk;
import io.kiln.integration.TestServer;
import io.kiln.tomography.PipelineTrial;
import io.kiln.tomography.TomoFullPipeline;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker's archive on a machine that has nothing: whatever happens to it, the same command ends with the same bytes. */
@OwnServers
class WorkerIT {
    private static final String PARAMETERS =
            "{\"rotationAxis\": " + ScanFolder.CENTER + ", \"reconstructionAlgorithm\": \"linerec\"}";

    @TempDir
    private static Path folder;

    private static WorkerArchive worker;
    private static ScanFolder undisturbed;

    @BeforeAll
    static void unpackAndRunOnce() throws Exception {
        Path archive = Path.of(System.getProperty("kiln.it.worker"));
        assumeTrue(Files.exists(archive), archive + " is not built: -Dkiln.fast leaves it out");
        worker = WorkerArchive.unpack(archive, folder);
        undisturbed = ScanFolder.create(folder.resolve("undisturbed"));
        Files.writeString(folder.resolve("parameters.json"), PARAMETERS);
        WorkerArchive.Ended ended = worker.run(command(undisturbed));
        assertThat(ended.status()).as("%s", ended).isZero();
        worker = worker.with(Map.of("KILN_WORKER_JAVA_OPTS", String.join(" ", TestServer.QUICK_START)));
    }

    private static List<String> command(ScanFolder scan, String... more) {
        return command(folder.resolve("parameters.json"), scan, more);
    }

    private static List<String> command(Path parameters, ScanFolder scan, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--job",
                "tomo-full",
                "--input",
                scan.scan().toString(),
                "--output",
                scan.outputs().toString(),
                "--parameters",
                parameters.toString(),
                "--cpu-threads",
                "2"));
        command.addAll(List.of(more));
        return command;
    }

    @Test
    void theArchiveIsSmallEnoughToBeCopiedToEveryHost() throws IOException {
        assertThat(Files.size(Path.of(System.getProperty("kiln.it.worker")))).isLessThan(64L << 20);
    }

    @Test
    void theSlicesAreThoseOfTheSamePipelineInThisProcess() throws Exception {
        PipelineTrial here =
                new PipelineTrial(new TomoFullPipeline(), undisturbed.scan(), folder.resolve("here"), PARAMETERS).run();

        assertThat(undisturbed.slices()).hasSize(ScanFolder.SLICES);
        for (String name : undisturbed.slices().keySet()) {
            assertThat(undisturbed.outputs().resolve("scan_rec").resolve(name)).hasSameBinaryContentAs(here.file(name));
        }
    }

    @Test
    void aWorkerThatIsKilledGoesOnFromItsSlabs() throws Exception {
        ScanFolder scan = undisturbed.again("killed");
        WorkerArchive.Started first = worker.start(command(scan));
        first.awaitTheMiddle();
        first.kill();
        int settled = settled(scan);

        WorkerArchive.Ended again = worker.run(command(scan, "--cpu-devices", "2"));

        assertThat(again.status()).as("%s", again).isZero();
        assertThat(settled).isPositive();
        assertThat(unitsOfLanes(scan)).isEqualTo(ScanFolder.SLICES - settled);
        assertWhole(scan);
    }

    @Test
    void anHdf5FileIsGoneOnWithByAnotherProcessAndIsTheSameInTheEnd() throws Exception {
        Path hdf5 =
                Files.writeString(folder.resolve("hdf5.json"), PARAMETERS.replace("}", ", \"saveFormat\": \"h5\"}"));
        ScanFolder whole = undisturbed.again("hdf5");
        assertThat(worker.run(command(hdf5, whole)).status()).isZero();
        ScanFolder scan = undisturbed.again("hdf5Killed");
        WorkerArchive.Started first = worker.start(command(hdf5, scan));
        first.awaitTheMiddle();
        first.kill();

        WorkerArchive.Ended again = worker.run(command(hdf5, scan));

        assertThat(again.status()).as("%s", again).isZero();
        assertThat(scan.outputs().resolve("scan_rec.h5"))
                .hasSameBinaryContentAs(whole.outputs().resolve("scan_rec.h5"));
    }

    @Test
    void aWorkerThatIsAskedToStopEndsWithinASlabAndGoesOnWithoutRepeatingOne() throws Exception {
        ScanFolder scan = undisturbed.again("stopped");
        WorkerArchive.Started first = worker.start(command(scan));
        first.awaitTheMiddle();
        first.terminate();
        WorkerArchive.Ended stopped = first.end();
        assertThat(stopped.status()).as("%s", stopped).isEqualTo(7);
        assertThat(stopped.last().getString("state")).isEqualTo("STOPPED");
        assertThat(scan.outputs().resolve("scan_rec")).doesNotExist();
        int settled = settled(scan);

        WorkerArchive.Ended again = worker.run(command(scan));

        assertThat(again.status()).as("%s", again).isZero();
        assertThat(unitsOfLanes(scan)).isEqualTo(ScanFolder.SLICES - settled);
        assertWhole(scan);
    }

    @Test
    void aSecondWorkerIsRefusedWhileTheFirstHoldsTheState() throws Exception {
        ScanFolder scan = undisturbed.again("twice");
        WorkerArchive.Started first = worker.start(command(scan));
        first.await(line -> line.getString("kind").equals("state"));

        WorkerArchive.Ended second;
        first.signal("STOP");
        try {
            second = worker.run(command(scan));
        } finally {
            first.signal("CONT");
        }

        assertThat(second.status()).as("%s", second).isEqualTo(8);
        assertThat(second.last().getString("message")).contains("another worker holds");
        assertThat(first.end().status()).isZero();
        assertWhole(scan);
    }

    @Test
    void aRunThatIsCompletedIsNotDoneAgainUnlessItsOutputIsGoneAndFreshIsAsked() throws Exception {
        ScanFolder scan = undisturbed.again("completed");
        assertThat(worker.run(command(scan)).status()).isZero();
        WorkerArchive.Ended again = worker.run(command(scan));
        assertThat(again.status()).isZero();
        assertThat(again.lines()).noneMatch(line -> line.contains("\"progress\""));
        try (Stream<Path> files = Files.walk(scan.outputs().resolve("scan_rec"))) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }

        assertThat(worker.run(command(scan)).status()).isEqualTo(8);
        assertThat(worker.run(command(scan, "--fresh")).status()).isZero();
        assertWhole(scan);
    }

    @Test
    void eachKindOfFailureHasItsStatusAndSaysWhatToDo() throws Exception {
        ScanFolder scan = undisturbed.again("wrong");
        Path noScan = Files.writeString(scan.folder().resolve("notes.txt"), "no scan");
        Path parameters = Files.writeString(scan.folder().resolve("p.json"), "{\"rotationAxsi\": 3}");
        Path elsewhere = folder.resolve("elsewhere");
        Path mine = Files.createDirectories(scan.outputs().resolve("scan_rec")).resolve("mine");
        Files.writeString(mine, "by hand");

        assertEnds(2, "run", "--nonsense");
        assertEnds(2, "run", "--job", "none", "--input", scan.scan().toString(), "--output", "/tmp");
        assertEnds(2, command(scan, "--devices", "9").toArray(String[]::new));
        assertEnds(5, "run", "--job", "tomo-full", "--input", noScan.toString(), "--output", elsewhere.toString());
        assertEnds(5, "run", "--job", "tomo-full", "--input", noScan + "x", "--output", elsewhere.toString());
        assertEnds(
                6,
                "run",
                "--job",
                "tomo-full",
                "--input",
                scan.scan().toString(),
                "--output",
                elsewhere.toString(),
                "--parameters",
                parameters.toString());
        assertEnds(5, command(scan).toArray(String[]::new));
        assertThat(mine).hasContent("by hand");
        WorkerArchive.Ended other = worker.run(List.of(
                "run",
                "--job",
                "tomo-full",
                "--input",
                scan.scan().toString(),
                "--output",
                scan.outputs().toString()));
        assertThat(other.status()).isEqualTo(8);
        assertThat(other.last().getString("message")).contains("rotationAxis is null and was " + ScanFolder.CENTER);
        assertThat(worker.run(command(scan, "--force")).status()).isZero();
        assertWhole(scan);
    }

    @Test
    void aDiskWithoutRoomIsToldBeforeAnythingIsComputed() throws Exception {
        SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 8);
        try (disk) {
            WorkerArchive.Ended full = worker.run(List.of(
                    "run",
                    "--job",
                    "tomo-full",
                    "--input",
                    undisturbed.scan().toString(),
                    "--output",
                    folder.resolve("small").resolve("out").toString()));

            assertThat(full.status()).as("%s", full).isEqualTo(10);
            assertThat(full.last().getString("message")).contains("MiB of free space");
        }
    }

    @Test
    void itSaysWhatItHas() throws Exception {
        assertThat(worker.run(List.of("--version")).lines().get(0)).startsWith("kiln-worker ");
        assertThat(String.join("\n", worker.run(List.of("jobs")).lines()))
                .contains("\"tomo-full\"", "\"tomo-try\"", "\"rotationAxis\"");
        assertThat(String.join("\n", worker.run(List.of("devices")).lines())).contains("\"cpu0\"");
    }

    @Test
    void itComputesOnGpusWhereTheDriverShowsSome() throws Exception {
        WorkerArchive withGpus = withGpus(2);
        ScanFolder scan = ScanFolder.small(folder.resolve("gpus"));
        Path parameters = Files.writeString(scan.folder().resolve("p.json"), "{\"rotationAxis\": 33}");

        assertThat(String.join("\n", withGpus.run(List.of("devices")).lines())).contains("Simulated GPU", "\"gpu1\"");
        WorkerArchive.Ended ended = withGpus.run(List.of(
                "run",
                "--job",
                "tomo-full",
                "--input",
                scan.scan().toString(),
                "--output",
                scan.outputs().toString(),
                "--parameters",
                parameters.toString(),
                "--devices",
                "all"));

        assertThat(ended.status()).as("%s", ended).isZero();
        assertThat(scan.slices()).hasSize(ScanFolder.SMALL_SLICES);
        assertThat(lanes(scan)).extracting(lane -> lane.getString("device")).containsExactlyInAnyOrder("gpu0", "gpu1");
    }

    @Test
    void itMeasuresTheMachine() throws Exception {
        Path bench = folder.resolve("bench");
        WorkerArchive.Ended ended = worker.run(List.of("bench", "--folder", bench.toString(), "--sizes", "64x64x4"));

        assertThat(ended.status()).as("%s", ended).isZero();
        JsonObject result = Json.createReader(new StringReader(String.join("\n", ended.lines())))
                .readObject();
        assertThat(result.getJsonArray("measurements")).hasSize(2).allSatisfy(each -> {
            JsonObject measurement = each.asJsonObject();
            assertThat(measurement
                            .getJsonObject("computingAlone")
                            .getJsonNumber("bestSecondsPerSlice")
                            .doubleValue())
                    .isPositive();
            assertThat(measurement
                            .getJsonObject("wholeRun")
                            .getJsonNumber("computeSeconds")
                            .doubleValue())
                    .isPositive();
        });
        try (Stream<Path> left = Files.list(bench)) {
            assertThat(left).containsExactly(bench.resolve("scan-64x64x4.h5"));
        }
    }

    @Test
    void itMeasuresEachKernelOfAGpuAgainstTheGpusOwnCopying() throws Exception {
        WorkerArchive.Ended ended = withGpus(1)
                .run(List.of(
                        "bench",
                        "--folder",
                        folder.resolve("bench-gpu").toString(),
                        "--sizes",
                        "32x32x4",
                        "--algorithms",
                        "linerec"));

        assertThat(ended.status()).as("%s", ended).isZero();
        JsonObject result = Json.createReader(new StringReader(String.join("\n", ended.lines())))
                .readObject();
        JsonObject measured = result.getJsonArray("measurements").getJsonObject(0);
        JsonObject alone = measured.getJsonObject("computingAlone");
        assertThat(alone.getJsonArray("kernels").getValuesAs(JsonObject.class))
                .extracting(kernel -> kernel.getString("kernel"))
                .containsExactly("backproject", "prepare_uint16", "restore_projections", "transform_projections");
        JsonObject backproject = alone.getJsonArray("kernels").getJsonObject(0);
        // a filtered projection has four columns more than the slice; four slices at once, read and written once
        assertThat(backproject.getInt("bytesPerSlice")).isEqualTo(32 * (32 + 4) * 4 + 32 * 32 * 4);
        double perSlice = alone.getJsonArray("kernels").getValuesAs(JsonObject.class).stream()
                .mapToDouble(kernel -> kernel.getJsonNumber("secondsPerSlice").doubleValue())
                .sum();
        assertThat(perSlice)
                .as("kernels together, of what the device computes, of all of it")
                .isPositive()
                .isLessThanOrEqualTo(
                        alone.getJsonNumber("computeSecondsPerSlice").doubleValue());
        double copied = result.getJsonArray("devices")
                .getJsonObject(0)
                .getJsonNumber("copyBytesPerSecond")
                .doubleValue();
        assertThat(backproject.getJsonNumber("shareOfCopyBandwidth").doubleValue() * copied)
                .isCloseTo(
                        backproject.getJsonNumber("bytesPerSecond").doubleValue(),
                        org.assertj.core.api.Assertions.withinPercentage(1));
        assertThat(measured.getJsonObject("wholeRun").keySet()).contains("uploadSeconds", "downloadSeconds");
    }

    private static WorkerArchive withGpus(int count) {
        Path driver = Path.of("target/simulated-gpus").toAbsolutePath();
        assumeTrue(
                Files.exists(driver.resolve("libcuda.so.1")), "no simulated GPU: it is built where g++ is installed");
        return worker.with(Map.of("LD_LIBRARY_PATH", driver.toString(), "SIMULATED_GPUS", Integer.toString(count)));
    }

    private static void assertEnds(int status, String... arguments) throws Exception {
        WorkerArchive.Ended ended = worker.run(List.of(arguments));
        assertThat(ended.status()).as("%s: %s", List.of(arguments), ended).isEqualTo(status);
        assertThat(ended.errors()).as("stack traces").isNotBlank().doesNotContain("\tat ");
    }

    private static void assertWhole(ScanFolder scan) throws IOException {
        SortedMap<String, String> slices = scan.slices();
        assertThat(slices).isEqualTo(undisturbed.slices());
        try (Stream<Path> beside = Files.list(scan.outputs())) {
            assertThat(beside.filter(Files::isDirectory))
                    .containsExactly(scan.outputs().resolve("scan_rec"));
        }
    }

    /** How many units the run's ledger has. */
    private static int settled(ScanFolder scan) throws IOException {
        Matcher range = Pattern.compile("(\\d+)-(\\d+)")
                .matcher(Files.readString(scan.outputs().resolve(".kiln-scan_rec.state.ledger")));
        int units = 0;
        while (range.find()) {
            units += Integer.parseInt(range.group(2)) - Integer.parseInt(range.group(1));
        }
        return units;
    }

    /** How many units the last attempt computed. */
    private static int unitsOfLanes(ScanFolder scan) throws IOException {
        return lanes(scan).stream().mapToInt(lane -> lane.getInt("units")).sum();
    }

    /** The lanes of the last attempt, as the result tells of them. */
    private static List<JsonObject> lanes(ScanFolder scan) throws IOException {
        List<JsonObject> attempts = scan.attempts();
        return attempts.get(attempts.size() - 1).getJsonArray("lanes").getValuesAs(JsonObject.class);
    }
}
