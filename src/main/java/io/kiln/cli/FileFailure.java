package io.kiln.cli;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** Says in words why a file cannot be read or written; Java says it by the class of an exception whose message is the path alone. */
final class FileFailure {
    private FileFailure() {}

    /** The sentence; empty for what is no failure of a file that has a name. */
    static Optional<String> sentence(Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked) {
            return sentence(unchecked.getCause());
        }
        if (failure instanceof FileNotFoundException) {
            return Optional.ofNullable(failure.getMessage());
        }
        if (!(failure instanceof FileSystemException named) || named.getFile() == null) {
            return Optional.empty();
        }
        Path file = Path.of(named.getFile()).toAbsolutePath();
        if (failure instanceof NoSuchFileException) {
            return Optional.of("There is no " + firstMissing(file) + ", or it cannot be made.");
        }
        if (failure instanceof AccessDeniedException) {
            return Optional.of("No access to " + (Files.exists(file) ? file : file.getParent())
                    + ": ask its owner, or name another.");
        }
        if (failure instanceof FileAlreadyExistsException) {
            return Optional.of(file + " is there already: name another.");
        }
        if (failure instanceof NotDirectoryException) {
            return Optional.of(file + " is no folder.");
        }
        // without a reason the message is the path alone
        return Optional.ofNullable(named.getReason()).map(reason -> named.getMessage());
    }

    /** Of a new file in a folder that is missing, the folder: nobody has named the file itself where it is written aside first. */
    private static Path firstMissing(Path file) {
        Path missing = file;
        while (missing.getParent() != null && !Files.exists(missing.getParent())) {
            missing = missing.getParent();
        }
        return missing;
    }
}
