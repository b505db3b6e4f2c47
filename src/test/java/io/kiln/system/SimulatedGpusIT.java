package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kiln.integration.OwnServers;
import io.kiln.integration.Patience;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose GPUs are simulated: as people start it, and what becomes of its runs when one of them fails. */
@OwnServers
class SimulatedGpusIT {
    private static final String SECOND_GPU = "GPU-00000000-0000-0000-0000-000000000001";

    @TempDir
    private static Path folder;

    private static Path processes;
    private static DriverControl faults;
    private static ScanFolder original;
    private static SortedMap<String, String> undisturbed;
    private static Installation kiln;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Installation.canSimulateGpus(), "no g++ is installed to build the simulated CUDA driver with");
        Path programs = Files.createDirectories(folder.resolve("programs"));
        processes = Files.createFile(programs.resolve("processes"));
        faults = DriverControl.create(folder.resolve("faults"));
        nvidiaSmi(programs);
        original = ScanFolder.small(folder.resolve("data/original"));
        kiln = new Installation(
                folder.resolve("home"),
                folder.resolve("data"),
                Map.of(
                        "PATH",
                        programs + ":" + System.getenv("PATH"),
                        "SIMULATED_GPU_CONTROL",
                        faults.toString(),
                        "KILN_DISK_RESERVE_MIB",
                        "1"));
        assertThat(kiln.launch("up", "--simulate-gpus", "2")).contains("computing on 2 simulated GPUs");
        JsonObject completed = kiln.client().awaitState(run(original), "COMPLETED");
        assertThat(devices(completed)).isEqualTo(2);
        undisturbed = original.slices();
        assertThat(undisturbed).hasSize(ScanFolder.SMALL_SLICES);
    }

    @AfterAll
    static void stop() {
        if (kiln != null) {
            kiln.close();
        }
    }

    @Test
    void aServerComputesOnAsManyAsItWasAskedForAlsoWhenItIsDeployedAgain() throws Exception {
        assertThat(kiln.launch("status")).contains("2 simulated GPUs");
        assertThat(titles()).containsExactly("Simulated GPU 0", "Simulated GPU 1");

        kiln.manage(Operation.onDeployment("redeploy"));
        await().atMost(Patience.LIMIT)
                .ignoreExceptions()
                .until(() -> titles(), List.of("Simulated GPU 0", "Simulated GPU 1")::equals);
        // a second loading of the native library would have been refused, and the processor taken instead
        assertThat(String.join("\n", kiln.serverLog()))
                .contains("device gpu1 is Simulated GPU 1")
                .doesNotContain("no GPU is used");
    }

    @Test
    void aGpuShowsWhoElseUsesIt() throws Exception {
        Files.writeString(processes, SECOND_GPU + ", 999999, python\n");
        await().atMost(Patience.LIMIT)
                .until(() -> gpu(1).getString("occupiedBy", ""), "process 999999 (python)"::equals);
        assertThat(gpu(1).getInt("busyPercent")).isEqualTo(97);
        assertThat(gpu(0).isNull("occupiedBy")).isTrue();

        Files.writeString(processes, "");
        await().atMost(Patience.LIMIT).until(() -> gpu(1).isNull("occupiedBy"));
    }

    @Test
    void aGpuWhoseContextBreaksIsResetAndTheRunGoesOn() throws Exception {
        faults.tell("device=1 call=cuLaunchKernel nth=5 result=700");
        ScanFolder scan = original.again("broken");
        JsonObject completed = kiln.client().awaitState(run(scan), "COMPLETED");

        assertThat(completed.getInt("attempt")).isEqualTo(2);
        assertThat(scan.slices()).isEqualTo(undisturbed);
        assertThat(log(completed))
                .contains("gpu1: CUDA_ERROR_ILLEGAL_ADDRESS while launching kernel")
                .contains("device gpu1 was reset, and works");
        assertThat(gpu(1).isNull("quarantined")).isTrue();
    }

    @Test
    void aSlabWhoseCopyFailsOnceIsComputedAgainInTheSameAttempt() throws Exception {
        faults.tell("device=1 call=cuMemcpyDtoHAsync nth=1 result=304");
        ScanFolder scan = original.again("transient");
        JsonObject completed = kiln.client().awaitState(run(scan), "COMPLETED");

        assertThat(completed.getInt("attempt")).isEqualTo(1);
        assertThat(log(completed)).contains("are computed again: gpu1: CUDA_ERROR_OPERATING_SYSTEM");
        assertThat(scan.slices()).isEqualTo(undisturbed);
    }

    @Test
    void aGpuThatIsLostIsLeftAloneUntilAnOperatorReleasesIt() throws Exception {
        faults.tell("device=0 call=cuLaunchKernel nth=5 result=46 lost");
        ScanFolder scan = original.again("lost");
        JsonObject completed = kiln.client().awaitState(run(scan), "COMPLETED");

        assertThat(scan.slices()).isEqualTo(undisturbed);
        assertThat(completed.getInt("attempt")).isEqualTo(2);
        assertThat(log(completed)).contains("device gpu0 is left alone until an operator releases it");
        assertThat(gpu(0).getString("quarantined")).contains("CUDA_ERROR_DEVICE_UNAVAILABLE");

        faults.tell("");
        String node = gpu(0).getString("node");
        JsonObject released = kiln.client().post("/api/gpus/" + node + "/gpu0/release");
        assertThat(released.isNull("quarantined")).isTrue();
        ScanFolder again = original.again("released");
        assertThat(devices(kiln.client().awaitState(run(again), "COMPLETED"))).isEqualTo(2);
        assertThat(again.slices()).isEqualTo(undisturbed);
    }

    private static String run(ScanFolder scan) {
        JsonObject some = Json.createObjectBuilder()
                .add("rotationAxis", ScanFolder.SMALL_CENTER)
                .build();
        Client client = kiln.client();
        return client.run(
                client.batch(scan.folder().getFileName().toString(), some, List.of(scan.scan())),
                Json.createObjectBuilder(Laboratory.full())
                        .add("devices", "all")
                        .build());
    }

    /** How many the run was last computed on. */
    private static int devices(JsonObject run) {
        return run.getJsonArray("executions")
                .getJsonObject(0)
                .getJsonArray("devices")
                .size();
    }

    private static String log(JsonObject run) throws IOException {
        return Files.readString(folder.resolve("home/logs/runs/" + run.getString("id") + ".log"));
    }

    private static void nvidiaSmi(Path programs) throws IOException {
        Path program = Files.writeString(programs.resolve("nvidia-smi"), """
                #!/bin/sh
                case "$1" in
                    --query-gpu=*) echo "%s, 512, 97" ;;
                    *) cat "$(dirname "$0")/processes" ;;
                esac
                """.formatted(SECOND_GPU));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private static JsonObject gpu(int index) {
        return kiln.client().get("/api/gpus").getJsonArray("items").getJsonObject(index);
    }

    private static List<String> titles() {
        return kiln.client().get("/api/gpus").getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(device -> device.getString("title"))
                .toList();
    }
}
