package io.kiln.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders that people ask to delete; links are taken as they are, not followed. */
final class FileTree {
    private FileTree() {}

    /** The path and all that is in it, deepest first; nothing where it does not exist. */
    static List<Path> deepestFirst(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UncheckedIOException(
                    "cannot list '" + path + "': " + e.getMessage(),
                    e instanceof IOException io ? io : ((UncheckedIOException) e).getCause());
        }
    }

    /** How many files there are in these places, and their bytes. */
    static ItemRemovalReport.Amount amount(List<Path> places) {
        int files = 0;
        long bytes = 0;
        for (Path place : places) {
            for (Path file : deepestFirst(place)) {
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    files++;
                    bytes += size(file);
                }
            }
        }
        return new ItemRemovalReport.Amount(files, bytes);
    }

    static long size(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .size();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at '" + file + "': " + e.getMessage(), e);
        }
    }
}
