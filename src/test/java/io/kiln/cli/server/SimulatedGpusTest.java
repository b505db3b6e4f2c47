package io.kiln.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.KilnHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedGpusTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void aServerFindsTheirDriverBeforeAnyOther() throws IOException {
        environment.put("LD_LIBRARY_PATH", "/usr/lib/others");
        Path home = prepare(new SimulatedGpus(3), "mkdir -p \"$2\" && touch \"$2/libcuda.so.1\"");
        assertThat(environment)
                .containsEntry("LD_LIBRARY_PATH", home.resolve("simulated-gpus") + ":/usr/lib/others")
                .containsEntry("SIMULATED_GPUS", "3");
        assertThat(home.resolve("simulated-gpus/libcuda.so.1")).exists();
    }

    @Test
    void withoutThemNothingIsBuiltOrSet() throws IOException {
        prepare(SimulatedGpus.NONE, "exit 1");
        assertThat(environment).isEmpty();
    }

    @Test
    void whatTheCompilerSaysIsToldOn() {
        assertThatThrownBy(() -> prepare(new SimulatedGpus(1), "echo 'no g++ found'; exit 127"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no g++ found");
    }

    @Test
    void aNumberBeyondReasonIsRefused() {
        assertThatThrownBy(() -> new SimulatedGpus(-1))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("1 to 64");
    }

    /** @param script what stands for the build of the driver */
    private Path prepare(SimulatedGpus gpus, String script) throws IOException {
        Path driver = Files.createDirectories(folder.resolve("installation/simulated-gpus/driver"));
        Files.createDirectories(folder.resolve("installation/simulated-gpus/kernels"));
        Path build = Files.writeString(driver.resolve("build"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(build, PosixFilePermissions.fromString("rwx------"));
        KilnHome home = KilnHome.create(folder.resolve("home"));
        gpus.prepare(home, new Installation(folder.resolve("installation"), Optional.empty()), environment);
        return home.folder();
    }
}
