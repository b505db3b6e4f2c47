package io.kiln.cli.operate;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.HomeLock;
import io.kiln.cli.server.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Stays with a server until it ends: what a service manager watches. Stopping this command stops the server and its database. */
final class Foreground implements Callable<Integer> {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    private final LocalKiln kiln;
    private final ServerProcess server;
    private final PrintWriter out;
    private volatile boolean stopping;

    Foreground(LocalKiln kiln, ServerProcess server, PrintWriter out) {
        this.kiln = kiln;
        this.server = server;
        this.out = out;
    }

    /** Returns 0 when the server was stopped by a command, 1 when it ended by itself. */
    @Override
    public Integer call() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-kiln"));
        ProcessHandle process =
                server.handle().orElseThrow(() -> new CommandFailure("The server has ended; see kiln logs"));
        process.onExit().get();
        boolean asked = stopping || HomeLock.waiting(kiln.home(), () -> kiln.wasServerStopped());
        out.println(
                asked
                        ? "Kiln is stopped."
                        : "The server has ended; see " + kiln.home().serverLog());
        return asked ? 0 : 1;
    }

    private void stop() {
        stopping = true;
        try {
            kiln.stopServer(STOP_LIMIT, true);
            kiln.stopDatabase();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
