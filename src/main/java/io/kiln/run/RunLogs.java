package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** A log file for each run, kept over its attempts, of bounded size. Thread-safe. */
@ApplicationScoped
public class RunLogs {
    /** A file that grows beyond this loses its middle. */
    static final int MOST_BYTES = 1 << 20;

    private static final int MOST_LINE_CHARACTERS = 4000;
    private static final int FIRST_LINES = 100;

    private static final Logger LOG = Logger.getLogger(RunLogs.class.getName());

    private final Path folder;
    private int lost;

    /** For the container's proxy only. */
    protected RunLogs() {
        folder = null;
    }

    @Inject
    public RunLogs(Settings settings) {
        folder = settings.home().resolve("logs").resolve("runs");
    }

    /** Adds a line with the time before it. One that cannot be written, as on a full disk, is lost, which the server's log tells; no run fails for that. */
    public synchronized void append(RunId run, String line) {
        try {
            write(run, line);
            if (lost > 0) {
                LOG.info(() -> "logs of runs are written again; " + lost + " lines are lost");
                lost = 0;
            }
        } catch (IOException e) {
            if (lost == 0) {
                LOG.log(
                        Level.WARNING,
                        e,
                        () -> "no log of a run can be written, that of run " + run
                                + " for one; runs go on without: make space in " + folder + ", or make it writable");
            }
            lost++;
        }
    }

    private void write(RunId run, String line) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(path(run), stamped(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (Files.size(path(run)) > MOST_BYTES) {
            shorten(path(run));
        }
    }

    private static String stamped(String line) {
        String kept = line.length() <= MOST_LINE_CHARACTERS ? line : line.substring(0, MOST_LINE_CHARACTERS) + "…";
        return Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + kept.replace("\n", "\n    ") + "\n";
    }

    /** Keeps the beginning, which tells what the run is, and the newer half of the rest. */
    private static void shorten(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int first = Math.min(FIRST_LINES, lines.size() / 4);
        int resume = (lines.size() + first) / 2;
        List<String> kept = new ArrayList<>(lines.subList(0, first));
        kept.add(stamped("… " + (resume - first) + " lines are left out here …").stripTrailing());
        kept.addAll(lines.subList(resume, lines.size()));
        Path aside = file.resolveSibling(file.getFileName() + ".shorter");
        Files.write(aside, kept);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The last lines, oldest first; none where nothing was logged. */
    public List<String> tail(RunId run, int lines) {
        Optional<Path> file = file(run);
        if (file.isEmpty()) {
            return List.of();
        }
        try (Stream<String> all = Files.lines(file.get())) {
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
            Files.deleteIfExists(path(run));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the log of run " + run + ": " + e.getMessage(), e);
        }
    }

    /** The log's file; empty where nothing was logged. */
    public Optional<Path> file(RunId run) {
        return Optional.of(path(run)).filter(Files::exists);
    }

    private Path path(RunId run) {
        return folder.resolve(run + ".log");
    }
}
