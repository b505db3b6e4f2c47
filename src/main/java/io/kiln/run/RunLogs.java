package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** A log file for each run, kept over its attempts. Thread-safe. */
@ApplicationScoped
public class RunLogs {
    private final Path folder;

    /** For the container's proxy only. */
    protected RunLogs() {
        folder = null;
    }

    @Inject
    public RunLogs(Settings settings) {
        folder = settings.home().resolve("logs").resolve("runs");
    }

    /** Adds a line with the time before it. */
    public synchronized void append(RunId run, String line) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    file(run),
                    Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line.replace("\n", "\n    ") + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the log of run " + run + ": " + e.getMessage(), e);
        }
    }

    /** The last lines, oldest first; none where nothing was logged. */
    public List<String> tail(RunId run, int lines) {
        if (!Files.exists(file(run))) {
            return List.of();
        }
        try (Stream<String> all = Files.lines(file(run))) {
            Deque<String> last = new ArrayDeque<>();
            all.forEach(line -> {
                last.addLast(line);
                if (last.size() > lines) {
                    last.removeFirst();
                }
            });
            return List.copyOf(last);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log of run " + run + ": " + e.getMessage(), e);
        }
    }

    /** Forgets the log of a run that is deleted. */
    void delete(RunId run) {
        try {
            Files.deleteIfExists(file(run));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the log of run " + run + ": " + e.getMessage(), e);
        }
    }

    private Path file(RunId run) {
        return folder.resolve(run + ".log");
    }
}
