package io.kiln.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.DeviceUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSmiTest {
    @TempDir
    private Path folder;

    @Test
    void tellsWhoElseUsesWhichGpu() throws Exception {
        Map<String, DeviceUse> uses = answering(
                        "GPU-aa, 70123, 42\nGPU-bb, [N/A], [N/A]\n",
                        "GPU-aa, 999999, /opt/python, 3\nGPU-aa, "
                                + ProcessHandle.current().pid() + ", java\n")
                .query();
        assertThat(uses.get("GPU-aa"))
                .isEqualTo(new DeviceUse(
                        OptionalLong.of(70123L << 20),
                        OptionalInt.of(42),
                        List.of(new DeviceUse.Other(999999, "/opt/python, 3"))));
        assertThat(uses.get("GPU-aa").othersInWords()).isEqualTo("process 999999 (/opt/python, 3)");
        assertThat(uses.get("GPU-bb")).isEqualTo(new DeviceUse(OptionalLong.empty(), OptionalInt.empty(), List.of()));
    }

    @Test
    void nothingIsKnownWhereItIsNotInstalled() throws Exception {
        assertThat(new NvidiaSmi(folder.resolve("nvidia-smi").toString()).query())
                .isEmpty();
    }

    @Test
    void nothingIsKnownWhereItFails() throws Exception {
        assertThat(program("echo 'No devices were found'; exit 6").query()).isEmpty();
    }

    @Test
    void anAnswerOfAnotherKindIsNotBelieved() throws Exception {
        assertThat(answering("everything is fine\n", "").query()).isEmpty();
    }

    private NvidiaSmi answering(String gpus, String processes) throws IOException {
        Files.writeString(folder.resolve("gpus"), gpus);
        Files.writeString(folder.resolve("processes"), processes);
        return program("""
                case "$1 $2" in
                    "--query-gpu=uuid,memory.free,utilization.gpu --format=csv,noheader,nounits") cat "$(dirname "$0")/gpus" ;;
                    "--query-compute-apps=gpu_uuid,pid,process_name --format=csv,noheader,nounits") cat "$(dirname "$0")/processes" ;;
                    *) exit 2 ;;
                esac
                """);
    }

    private NvidiaSmi program(String script) throws IOException {
        Path program = folder.resolve("program");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new NvidiaSmi(program.toString());
    }
}
