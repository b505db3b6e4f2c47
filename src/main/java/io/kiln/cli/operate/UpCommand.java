package io.kiln.cli.operate;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.HomeLock;
import io.kiln.cli.server.Readiness;
import io.kiln.cli.server.ServerProcess;
import io.kiln.cli.server.SimulatedGpus;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts PostgreSQL and the server, and says where they are. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start PostgreSQL and the server, and wait until they are ready.")
public final class UpCommand implements Callable<Integer> {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    @Option(
            names = "--foreground",
            description =
                    "Stay until the server ends, and stop it when this command is stopped: for systemd and containers.")
    private boolean foreground;

    @Option(
            names = "--simulate-gpus",
            paramLabel = "N",
            description = "Compute on N simulated GPUs, to try out what several do; slow, and needs g++.")
    private int simulatedGpus;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        new Bounds(0, SimulatedGpus.LIMIT).require(spec, "--simulate-gpus", simulatedGpus);
        LocalKiln kiln = LocalKiln.current();
        SimulatedGpus gpus = new SimulatedGpus(simulatedGpus);
        if (foreground) {
            return new Foreground(kiln, gpus, out()).call();
        }
        up(kiln, gpus, out());
        return 0;
    }

    /** Starts what does not run yet, waits until it is ready, and says where it is. */
    public static ServerProcess up(LocalKiln kiln, SimulatedGpus gpus, PrintWriter out) throws Exception {
        return HomeLock.holding(kiln.home(), () -> start(kiln, gpus, out));
    }

    private static ServerProcess start(LocalKiln kiln, SimulatedGpus gpus, PrintWriter out) throws Exception {
        Optional<ServerProcess> running = kiln.lastingServer();
        if (running.isPresent()) {
            requireSame(gpus, running.get());
        }
        if (running.isPresent() && Readiness.of(running.get()).ready()) {
            tell("Kiln is running already", running.get(), kiln, out);
            return running.get();
        }
        if (running.isPresent()) {
            awaitRunning(kiln, running.get());
            tell("Kiln is running", running.get(), kiln, out);
            return running.get();
        }
        ServerProcess server = startOrLeaveNothing(kiln, gpus, out);
        tell("Kiln is running", server, kiln, out);
        return server;
    }

    /** What it waits for may be the database. */
    private static void awaitRunning(LocalKiln kiln, ServerProcess running) throws Exception {
        try {
            kiln.startDatabase();
            kiln.awaitReady(running);
        } catch (CommandFailure e) {
            throw new CommandFailure(
                    "A server runs that is not ready: " + e.getMessage() + "\nTo start it anew: kiln down; kiln up", e);
        }
    }

    private static void requireSame(SimulatedGpus wanted, ServerProcess running) {
        if (wanted.any() && !wanted.equals(running.simulatedGpus())) {
            throw new CommandFailure("Kiln is running already, "
                    + (running.simulatedGpus().any()
                            ? "with " + running.simulatedGpus().count() + " simulated GPUs"
                            : "without simulated GPUs")
                    + ". Stop it first: kiln down");
        }
    }

    private static ServerProcess startOrLeaveNothing(LocalKiln kiln, SimulatedGpus gpus, PrintWriter out)
            throws Exception {
        try {
            ServerProcess server = kiln.startServer(gpus, out);
            kiln.awaitReady(server);
            return server;
        } catch (Exception e) {
            // why: a server that is not ready holds the ports and confuses the next up
            leaveNothing(kiln, e);
            throw e;
        }
    }

    private static void leaveNothing(LocalKiln kiln, Exception cause) {
        try {
            kiln.stopServer(STOP_LIMIT, true);
            kiln.stopDatabase();
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static void tell(String headline, ServerProcess server, LocalKiln kiln, PrintWriter out) {
        out.println(headline + ": " + server.consoleUrl());
        if (server.simulatedGpus().any()) {
            out.println("  computing on " + server.simulatedGpus().count() + " simulated GPUs");
        }
        out.println("  user admin, password in " + kiln.home().adminPassword());
        out.println("  WildFly's admin console (same user): " + server.adminConsoleUrl());
        out.flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
