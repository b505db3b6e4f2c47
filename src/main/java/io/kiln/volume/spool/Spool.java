package io.kiln.volume.spool;

import io.kiln.volume.ArraySource;
import io.kiln.volume.Durable;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Makes decompressed copies of arrays. A copy is written aside and gets its name when it is whole, so that one that is there can be used again after a
 * crash.
 */
public final class Spool {
    /** Left free beside the copy, so that logs and indexes can still be written. */
    private static final long RESERVE_BYTES = 16L << 20;

    /** Lanes of a run ask for the same copy at once: one makes it, the others wait. Which lock is told by the file's name. */
    private static final ReentrantLock[] MAKING =
            Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

    private Spool() {}

    /**
     * The copy of a part of an array; it is made unless it is there. What is damaged in the original is left zero and remembered: reading it from the
     * copy fails.
     *
     * @param file to hold the copy; its folder exists
     * @throws IOException when there is no space for it, or the original or the copy fails altogether
     * @throws java.util.concurrent.CancellationException when it was asked to stop
     */
    public static SpooledArray of(ArraySource source, Selection selection, Path file, SpoolLimits limits)
            throws IOException, InterruptedException {
        ReentrantLock making = MAKING[Math.floorMod(file.toAbsolutePath().hashCode(), MAKING.length)];
        making.lockInterruptibly();
        try {
            String content = SpoolIndex.content(source, selection);
            Optional<SpoolIndex> found =
                    SpoolIndex.read(file).filter(index -> index.content().equals(content));
            SpoolIndex index = found.isPresent() ? found.get() : make(source, selection, file, limits);
            return new SpooledArray(source, selection, index.damage(), file);
        } finally {
            making.unlock();
        }
    }

    /** Removes a copy, whole or not; nothing where there is none. */
    public static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(SpoolIndex.file(file));
        Files.deleteIfExists(aside(file));
        Files.deleteIfExists(aside(SpoolIndex.file(file)));
    }

    static Path aside(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    private static SpoolIndex make(ArraySource source, Selection selection, Path file, SpoolLimits limits)
            throws IOException, InterruptedException {
        delete(file);
        Path aside = aside(file);
        checkSpace(file, selection.shape().elements() * source.type().bytes());
        boolean done = false;
        try {
            List<Damage> damage = copy(source, selection, aside, limits);
            SpoolIndex index = new SpoolIndex(SpoolIndex.content(source, selection), damage);
            index.write(file);
            Durable.rename(aside, file);
            done = true;
            return index;
        } finally {
            if (!done) {
                Files.deleteIfExists(aside);
            }
        }
    }

    private static List<Damage> copy(ArraySource source, Selection selection, Path file, SpoolLimits limits)
            throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return new SpoolCopy(source, selection, channel, limits).run();
        }
    }

    private static void checkSpace(Path file, long bytes) throws IOException {
        long usable = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
        if (usable < bytes + RESERVE_BYTES) {
            throw new NoRoomException(
                    bytes + RESERVE_BYTES,
                    "the decompressed copy " + file + " takes " + bytes + " bytes, and only " + usable
                            + " are free there; free some, or set another scratch folder");
        }
    }
}
