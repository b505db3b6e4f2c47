package io.kiln.job;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What every attempt of a run took its time for, kept in its work folder: an attempt that was killed cannot tell any more. */
final class TimingFiles {
    private static final String SUFFIX = ".json";

    private final Path folder;

    TimingFiles(Assignment assignment) {
        folder = new RunFolders(assignment).timings();
    }

    /**
     * Replaces what was kept of the attempt. What a power failure takes of it is not worth waiting for the disk. Nothing is kept where the work folder is
     * gone: another attempt has the run, and has published it.
     */
    void keep(int attempt, JsonObject timings) throws IOException {
        if (!Files.isDirectory(folder.getParent())) {
            return;
        }
        Files.createDirectories(folder);
        Path whole = folder.resolve(attempt + SUFFIX);
        Path written = Files.writeString(folder.resolve(attempt + ".new"), timings.toString());
        Files.move(written, whole, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Of each attempt, oldest first, with its number as {@code attempt}. One whose file a power failure has torn is not among them. */
    List<JsonObject> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        SortedMap<Integer, JsonObject> byAttempt = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    int attempt = Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()));
                    read(attempt, file).ifPresent(timings -> byAttempt.put(attempt, timings));
                }
            }
        }
        return new ArrayList<>(byAttempt.values());
    }

    private static Optional<JsonObject> read(int attempt, Path file) throws IOException {
        try (JsonReader json = Json.createReader(Files.newBufferedReader(file))) {
            return Optional.of(Json.createObjectBuilder()
                    .add("attempt", attempt)
                    .addAll(Json.createObjectBuilder(json.readObject()))
                    .build());
        } catch (JsonException torn) {
            return Optional.empty();
        }
    }
}
