package io.kiln.cli.server;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.home.HostAndPort;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.PrivateFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/**
 * The process that is a home's server, as one command leaves it for the next.
 *
 * @param pid process id
 * @param birth of the process: with it, a process that was given the id of a dead server is not taken for the server
 * @param startedAt when the process started
 * @param address of REST and console, as it is reached from here
 * @param managementAddress of admin console, health and metrics
 * @param version of the Kiln that was started
 * @param simulatedGpus that it computes on, if any
 */
public record ServerProcess(
        long pid,
        ProcessBirth birth,
        Instant startedAt,
        HostAndPort address,
        HostAndPort managementAddress,
        String version,
        SimulatedGpus simulatedGpus) {
    /**
     * Returns the home's server if it is alive.
     *
     * @throws CommandFailure when the file about it cannot be understood
     */
    public static Optional<ServerProcess> find(KilnHome home) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(home.serverProcess())) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(parse(properties, home)).filter(ServerProcess::isAlive);
    }

    private static ServerProcess parse(Properties properties, KilnHome home) {
        try {
            return new ServerProcess(
                    Long.parseLong(properties.getProperty("pid")),
                    new ProcessBirth(properties.getProperty("birth", "")),
                    Instant.parse(properties.getProperty("startedAt", "")),
                    HostAndPort.parse(properties.getProperty("address", "")),
                    HostAndPort.parse(properties.getProperty("managementAddress", "")),
                    properties.getProperty("version"),
                    new SimulatedGpus(Integer.parseInt(properties.getProperty("simulatedGpus", "0"))));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new CommandFailure(
                    home.serverProcess() + " is damaged. Make sure that no server runs from this home, and delete it.",
                    e);
        }
    }

    /** Leaves the process for the next command. */
    public void save(KilnHome home) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("birth", birth.value());
        properties.setProperty("startedAt", startedAt.toString());
        properties.setProperty("address", address.toString());
        properties.setProperty("managementAddress", managementAddress.toString());
        properties.setProperty("version", version);
        properties.setProperty("simulatedGpus", Integer.toString(simulatedGpus.count()));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        PrivateFiles.write(home.serverProcess(), text.toString());
    }

    public boolean isAlive() {
        return handle().isPresent();
    }

    /** The process while it is alive. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> ProcessBirth.of(pid).equals(Optional.of(birth)));
    }

    public Duration uptime() {
        return Duration.between(startedAt, Instant.now());
    }

    /** Address of the console, ending in a slash. */
    public String consoleUrl() {
        return "http://" + address + "/";
    }

    /** Address of WildFly's admin console. */
    public String adminConsoleUrl() {
        return "http://" + managementAddress + "/console";
    }
}
