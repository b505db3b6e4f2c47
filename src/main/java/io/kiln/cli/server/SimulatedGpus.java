package io.kiln.cli.server;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.KilnHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * GPUs that are simulated on the processor, for trying out what a server does with several of them.
 *
 * @param count how many, 0 for the machine's own
 */
public record SimulatedGpus(int count) {
    /** The machine's own GPUs, if it has any. */
    public static final SimulatedGpus NONE = new SimulatedGpus(0);

    public static final int LIMIT = 64;

    private static final String LIBRARY_PATH = "LD_LIBRARY_PATH";

    public SimulatedGpus {
        if (count < 0 || count > LIMIT) {
            throw new CommandFailure(count + " simulated GPUs: it must be 1 to " + LIMIT + ".");
        }
    }

    public boolean any() {
        return count > 0;
    }

    /** Builds their driver into the home, if it is not there or older than its sources, and lets a process find it. */
    void prepare(KilnHome home, Installation installation, Map<String, String> environment) throws IOException {
        if (any()) {
            build(home, installation);
            environment.merge(LIBRARY_PATH, home.simulatedGpus().toString(), (theirs, own) -> own + ":" + theirs);
            environment.put("SIMULATED_GPUS", Integer.toString(count));
        }
    }

    private static void build(KilnHome home, Installation installation) throws IOException {
        Path script = installation.simulatedDriver().resolve("build");
        Process build = new ProcessBuilder(List.of(
                        script.toString(),
                        installation.kernels().toString(),
                        home.simulatedGpus().toString()))
                .redirectErrorStream(true)
                .start();
        build.getOutputStream().close();
        String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (build.waitFor() != 0) {
                throw new CommandFailure("The driver of the simulated GPUs could not be built: " + output.strip());
            }
        } catch (InterruptedException e) {
            build.destroy();
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted while the driver of the simulated GPUs was built.", e);
        }
    }
}
