package io.kiln.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells a file that can be read from everything else that may stand under a path. */
public final class FileKind {
    private FileKind() {}

    /** What is there in place of a regular file, for messages; empty for one, and for nothing at all. */
    public static Optional<String> inPlaceOfFile(Path path) {
        if (!Files.exists(path) || Files.isRegularFile(path)) {
            return Optional.empty();
        }
        return Optional.of(Files.isDirectory(path) ? "a folder" : "a device or pipe");
    }
}
