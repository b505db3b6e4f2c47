package io.kiln.cli.operate;

import io.kiln.KilnVersion;
import io.kiln.cli.server.Readiness;
import io.kiln.cli.server.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what runs, where, and since when. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Say what runs, where and since when; exit status 3 when the server does not run.")
public final class StatusCommand implements Callable<Integer> {
    /** As the Linux Standard Base has it for a program that does not run. */
    private static final int NOT_RUNNING = 3;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        LocalKiln kiln = LocalKiln.current();
        Optional<ServerProcess> server = kiln.server();
        PrintWriter out = spec.commandLine().getOut();
        out.println("home           " + kiln.home().folder());
        out.println("PostgreSQL     " + database(kiln));
        if (server.isEmpty()) {
            out.println("server         not running (Kiln " + KilnVersion.current() + ")");
            return NOT_RUNNING;
        }
        tell(server.get(), out);
        return 0;
    }

    private static void tell(ServerProcess server, PrintWriter out) throws InterruptedException {
        Readiness readiness = Readiness.of(server);
        String state = readiness.ready() ? "ready" : "not ready " + readiness.problems();
        out.println("server         " + state + ", Kiln " + server.version() + ", process " + server.pid() + ", up "
                + text(server.uptime()));
        out.println("console        " + server.consoleUrl());
        out.println("REST           " + server.consoleUrl() + "api");
        out.println("admin console  " + server.adminConsoleUrl());
    }

    private static String database(LocalKiln kiln) throws IOException {
        return kiln.settings().database().isPresent()
                ? kiln.settings().database().get().toString()
                : kiln.postgresPort().map(port -> "running on port " + port).orElse("not running");
    }

    private static String text(Duration uptime) {
        return uptime.toDays() > 0
                ? uptime.toDays() + " d " + uptime.toHoursPart() + " h"
                : uptime.toHours() + " h " + uptime.toMinutesPart() + " min " + uptime.toSecondsPart() + " s";
    }
}
