package io.kiln.cli.operate;

import io.kiln.cli.home.HomeLock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops the server, whose runs go on at the next start, and PostgreSQL. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop the server and PostgreSQL; runs go on at the next up.")
public final class DownCommand implements Callable<Integer> {
    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long the server may take to end its work (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(names = "--force", description = "Kill the server when the time is over.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Bounds.NOT_NEGATIVE.require(spec, "--timeout", timeout);
        LocalKiln kiln = LocalKiln.current();
        boolean wasRunning = HomeLock.holding(kiln.home(), () -> stop(kiln));
        spec.commandLine().getOut().println(wasRunning ? "Kiln is stopped." : "Kiln was not running.");
        return 0;
    }

    private boolean stop(LocalKiln kiln) throws IOException {
        boolean wasRunning = kiln.stopServer(Duration.ofSeconds(timeout), force);
        kiln.stopDatabase();
        return wasRunning;
    }
}
