package io.kiln.cli.operate;

import io.kiln.KilnVersion;
import io.kiln.cli.server.Readiness;
import io.kiln.cli.server.ServerProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what runs, where, and since when. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Say what runs, where and since when; exit status 3 when the server does not run, 4 when it is not ready.")
public final class StatusCommand implements Callable<Integer> {
    /** As the Linux Standard Base has it for a program that does not run. */
    private static final int NOT_RUNNING = 3;

    private static final int NOT_READY = 4;

    /** A server that runs, and what it says of itself. */
    private record Seen(ServerProcess process, Readiness readiness) {}

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print it as one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        LocalKiln kiln = LocalKiln.current();
        Optional<Seen> server = see(kiln);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(kiln, server));
        } else {
            tell(kiln, server, out);
        }
        return server.map(seen -> seen.readiness().ready() ? 0 : NOT_READY).orElse(NOT_RUNNING);
    }

    private static Optional<Seen> see(LocalKiln kiln) throws Exception {
        Optional<ServerProcess> process = kiln.server();
        return process.isEmpty() ? Optional.empty() : Optional.of(new Seen(process.get(), Readiness.of(process.get())));
    }

    private static JsonObject json(LocalKiln kiln, Optional<Seen> server) throws Exception {
        JsonObjectBuilder status = Json.createObjectBuilder()
                .add("home", kiln.home().folder().toString())
                .add("database", database(kiln))
                .add("running", server.isPresent());
        if (server.isPresent()) {
            ServerProcess process = server.get().process();
            Readiness readiness = server.get().readiness();
            status.add("ready", readiness.ready())
                    .add("problems", Json.createArrayBuilder(readiness.problems()))
                    .add("version", process.version())
                    .add("process", process.pid())
                    .add("upSeconds", process.uptime().toSeconds())
                    .add("simulatedGpus", process.simulatedGpus().count())
                    .add("console", process.consoleUrl())
                    .add("rest", process.consoleUrl() + "api")
                    .add("adminConsole", process.adminConsoleUrl());
        }
        return status.build();
    }

    private static void tell(LocalKiln kiln, Optional<Seen> server, PrintWriter out) throws Exception {
        out.println("home           " + kiln.home().folder());
        out.println("PostgreSQL     " + database(kiln));
        if (server.isEmpty()) {
            out.println("server         not running (Kiln " + KilnVersion.current() + ")");
            return;
        }
        ServerProcess process = server.get().process();
        Readiness readiness = server.get().readiness();
        String state = readiness.ready() ? "ready" : "not ready " + readiness.problems();
        out.println("server         " + state + ", Kiln " + process.version() + ", process " + process.pid() + ", up "
                + text(process.uptime()));
        if (process.simulatedGpus().any()) {
            out.println("devices        " + process.simulatedGpus().count() + " simulated GPUs");
        }
        out.println("console        " + process.consoleUrl());
        out.println("REST           " + process.consoleUrl() + "api");
        out.println("admin console  " + process.adminConsoleUrl());
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
