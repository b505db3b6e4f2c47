package io.kiln.cli.operate;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.HomeLock;
import io.kiln.cli.server.ServerProcess;
import io.kiln.cli.server.SimulatedGpus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** Starts a server and stays with it until it ends: what a service manager watches. Stopping this command, at any time, stops the server and its database. */
final class Foreground implements Callable<Integer> {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    private final LocalKiln kiln;
    private final SimulatedGpus gpus;
    private final PrintWriter out;
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile boolean stopping;

    Foreground(LocalKiln kiln, SimulatedGpus gpus, PrintWriter out) {
        this.kiln = kiln;
        this.gpus = gpus;
        this.out = out;
    }

    /** Returns 0 when the server was stopped by a command, 1 when it ended by itself. */
    @Override
    public Integer call() throws Exception {
        Thread starting = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(starting), "stop-kiln"));
        ProcessHandle process =
                start().handle().orElseThrow(() -> new CommandFailure("The server has ended; see kiln logs"));
        process.onExit().get();
        boolean asked = stopping || HomeLock.waiting(kiln.home(), () -> kiln.wasServerStopped());
        out.println(
                asked
                        ? "Kiln is stopped."
                        : "The server has ended; see " + kiln.home().serverLog());
        return asked ? 0 : 1;
    }

    private ServerProcess start() throws Exception {
        try {
            return UpCommand.up(kiln, gpus, out);
        } finally {
            started.countDown();
        }
    }

    /** @param starting the thread that may be starting the server; it leaves nothing behind where it is interrupted */
    private void stop(Thread starting) {
        stopping = true;
        try {
            if (started.getCount() > 0) {
                starting.interrupt();
                started.await();
            }
            kiln.stopServer(STOP_LIMIT, true);
            kiln.stopDatabase();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
