package io.kiln.cli.backup;

import io.kiln.cli.home.PrivateFiles;
import io.kiln.volume.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files of a backup, written beside those whose place they are to take. Closing it removes those that have not taken it. */
final class RestoredFiles implements AutoCloseable {
    private final Map<Path, Path> asides = new LinkedHashMap<>();
    private final List<Path> removed = new ArrayList<>();

    void add(Path file, String content) throws IOException {
        asides.put(file, PrivateFiles.writeAside(file, content));
    }

    boolean isAside(Path file) {
        return asides.containsValue(file);
    }

    /** Notes a file that the backup does not know. */
    void remove(Path file) {
        removed.add(file);
    }

    void putInPlace() throws IOException {
        for (Map.Entry<Path, Path> restored : asides.entrySet()) {
            Durable.rename(restored.getValue(), restored.getKey());
        }
        for (Path file : removed) {
            Files.delete(file);
        }
    }

    @Override
    public void close() throws IOException {
        for (Path aside : asides.values()) {
            Files.deleteIfExists(aside);
        }
    }
}
