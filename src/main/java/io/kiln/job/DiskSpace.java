package io.kiln.job;

import io.kiln.volume.spool.NoRoomException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Free space: asked for before something is written, and told from other failures afterwards. */
public final class DiskSpace {
    /** What counts as nothing left: file systems keep the last blocks to themselves. */
    private static final long NOTHING_BYTES = 1 << 20;

    /** By so much the free space has to grow for something to have been freed. */
    private static final long MORE_BYTES = 64 << 20;

    private DiskSpace() {}

    /** Bytes that may still be written below the folder, which need not exist yet. */
    public static long freeBytes(Path folder) throws IOException {
        return fileStore(folder).getUsableSpace();
    }

    /** The file system that the folder is on, or will be on when it is created. */
    public static FileStore fileStore(Path folder) throws IOException {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing);
    }

    /** @throws DiskFullException when less is free */
    public static void require(Path folder, long bytes) throws IOException {
        long free = freeBytes(folder);
        if (free < bytes) {
            throw new DiskFullException(
                    folder,
                    bytes,
                    folder + " needs " + mebibytes(bytes) + " MiB of free space and has " + mebibytes(free)
                            + " MiB: free some, or choose another output or scratch folder",
                    null);
        }
    }

    /** Bytes of all files in a folder. */
    public static long bytesIn(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /**
     * The failure as one of a full disk, if it comes of one. The operating system's words for it are in the language of its user, so an input-output
     * error while nothing is left below {@code folder} counts too.
     */
    static Optional<DiskFullException> full(Throwable failure, Path folder) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DiskFullException known) {
                return Optional.of(known);
            }
            if (cause instanceof NoRoomException spool) {
                return Optional.of(
                        new DiskFullException(folder, spool.neededBytes(), FailureText.of(failure), failure));
            }
            if (cause instanceof IOException && (saysFull(cause) || isFull(folder))) {
                return Optional.of(new DiskFullException(
                        folder,
                        moreThanIsFree(folder),
                        "the disk of " + folder + " is full: " + FailureText.of(failure),
                        failure));
            }
        }
        return Optional.empty();
    }

    /** What was free was not enough: it is nothing, or a quota is used up, or there is no room for one more file. 0 where it is not known. */
    private static long moreThanIsFree(Path folder) {
        try {
            return freeBytes(folder) + MORE_BYTES;
        } catch (IOException unknown) {
            return 0;
        }
    }

    private static boolean saysFull(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }

    private static boolean isFull(Path folder) {
        try {
            return freeBytes(folder) < NOTHING_BYTES;
        } catch (IOException unknown) {
            // the folder's file system does not answer: that is another failure than a full disk
            return false;
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
