package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose GPUs are simulated: as people start it. */
class SimulatedGpusIT {
    private static final String SECOND_GPU = "GPU-00000000-0000-0000-0000-000000000001";

    @TempDir
    private Path folder;

    @Test
    void aServerComputesOnAsManyAsItWasAskedForAndShowsWhoUsesThem() throws Exception {
        assumeTrue(hasCompiler(), "no g++ is installed to build the simulated CUDA driver with");
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path processes = Files.writeString(programs.resolve("processes"), SECOND_GPU + ", 4711, python\n");
        nvidiaSmi(programs);
        try (Installation kiln = new Installation(
                folder.resolve("home"),
                Files.createDirectories(folder.resolve("data")),
                Map.of("PATH", programs + ":" + System.getenv("PATH")))) {
            assertThat(kiln.launch("up", "--simulate-gpus", "2")).contains("computing on 2 simulated GPUs");
            assertThat(kiln.launch("status")).contains("2 simulated GPUs");
            assertThat(titles(kiln.client())).containsExactly("Simulated GPU 0", "Simulated GPU 1");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> gpu(kiln.client(), 1).getString("occupiedBy", ""), "process 4711 (python)"::equals);
            assertThat(gpu(kiln.client(), 1).getInt("busyPercent")).isEqualTo(97);
            assertThat(gpu(kiln.client(), 0).isNull("occupiedBy")).isTrue();
            Files.writeString(processes, "");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> gpu(kiln.client(), 1).isNull("occupiedBy"));

            kiln.manage(Operation.onDeployment("redeploy"));
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> titles(kiln.client()), List.of("Simulated GPU 0", "Simulated GPU 1")::equals);
            // a second loading of the native library would have been refused, and the processor taken instead
            assertThat(Files.readString(folder.resolve("home/server/log/server.log")))
                    .contains("device gpu1 is Simulated GPU 1")
                    .doesNotContain("no GPU is used");
        }
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

    private static JsonObject gpu(Client client, int index) {
        return client.get("/api/gpus").getJsonArray("items").getJsonObject(index);
    }

    private static List<String> titles(Client client) {
        return client.get("/api/gpus").getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(device -> device.getString("title"))
                .toList();
    }

    private static boolean hasCompiler() throws InterruptedException {
        try {
            return new ProcessBuilder("g++", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
