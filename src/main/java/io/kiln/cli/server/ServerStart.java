package io.kiln.cli.server;

import io.kiln.KilnVersion;
import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.Settings;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** Starts WildFly as a process of its own, which outlives the command that started it and the terminal. */
public final class ServerStart {
    /** The memory that Kiln promises to keep to; a server out of memory is worth less than one that is started again. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-Xms128m",
            "-Xmx1g",
            "-XX:MaxDirectMemorySize=1g",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            "-Djava.net.preferIPv4Stack=true");

    /** Lets Fourier transforms use the processor's vector unit; not every Java runtime has it. */
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** Settings that name a folder, which may be relative to where the command is given, and not to where the server works. */
    private static final List<String> FOLDERS = List.of("KILN_RESULTS", "KILN_SCRATCH");

    private ServerStart() {}

    /** Starts the server and returns at once; {@link Readiness} says when it is ready. */
    public static ServerProcess start(KilnHome home, Installation installation, Settings settings, SimulatedGpus gpus)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(home, installation, settings))
                .directory(home.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.consoleLog().toFile());
        // why: it reaches the server by a file that only its owner reads; an environment is read by more
        builder.environment().remove("KILN_DB_PASSWORD");
        builder.environment().putAll(Map.of("KILN_HOME", home.folder().toString(), "KILN_DATA", settings.data()));
        FOLDERS.forEach(
                name -> builder.environment().computeIfPresent(name, (same, folder) -> Settings.absolute(folder)));
        gpus.prepare(home, installation, builder.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        ServerProcess server = new ServerProcess(
                process.pid(),
                ProcessBirth.of(process.pid())
                        .orElseThrow(() -> new CommandFailure("The server ended at once; see " + home.consoleLog())),
                Instant.now(),
                settings.address(),
                settings.managementAddress(),
                KilnVersion.current(),
                gpus);
        server.save(home);
        return server;
    }

    private static List<String> command(KilnHome home, Installation installation, Settings settings) {
        StandaloneCommandBuilder wildfly = StandaloneCommandBuilder.of(installation.server())
                .setJavaHome(System.getProperty("java.home"))
                .setBaseDirectory(home.server())
                .setJavaOptions(JAVA_OPTIONS)
                .addJavaOptions(settings.javaOptions());
        if (ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent()) {
            wildfly.addJavaOption("--add-modules=" + VECTOR_MODULE);
        }
        wildfly.setPropertiesFile(home.serverProperties());
        List<String> command = new ArrayList<>();
        // why: in a session of its own the server does not get the terminal's signals
        command.add("setsid");
        command.addAll(wildfly.build());
        return command;
    }
}
