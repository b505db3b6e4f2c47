package io.kiln.picture;

import io.kiln.settings.Settings;
import io.kiln.volume.ArraySource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Projections that were computed, as files below Kiln's home; those that were not looked at for longest go when they become too many. */
@ApplicationScoped
public class ProjectionStore {
    private static final long MOST_BYTES = 2L << 30;
    private static final String ENDING = ".f32";

    private final Path folder;
    private final Semaphore computing = new Semaphore(1);
    private final Object references = new Object();

    /** For the container's proxy only. */
    protected ProjectionStore() {
        this((Path) null);
    }

    @Inject
    public ProjectionStore(Settings settings) {
        this(settings.home().resolve("projections"));
    }

    ProjectionStore(Path folder) {
        this.folder = folder;
    }

    /** The file of the projections of what has this digest; empty where they were not computed. */
    Optional<Path> find(String digest) throws IOException {
        Path file = folder.resolve(digest + ENDING);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return Optional.of(file);
    }

    /**
     * Computes them unless they are there; one stack at a time.
     *
     * @param progress may end it by an exception; it hears 0 of 0 while another stack goes first
     */
    Path compute(String digest, ArraySource array, Projection.Progress progress) throws IOException {
        try {
            while (!computing.tryAcquire(500, TimeUnit.MILLISECONDS)) {
                progress.tell(0, 0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another stack was projected", e);
        }
        try {
            Optional<Path> found = find(digest);
            return found.isPresent() ? found.get() : make(digest, array, progress);
        } finally {
            computing.release();
        }
    }

    /** The same for flats or darks, which are few: they do not wait for long stacks. */
    Path computeReferences(String digest, ArraySource array) throws IOException {
        synchronized (references) {
            Optional<Path> found = find(digest);
            return found.isPresent() ? found.get() : make(digest, array, (done, total) -> {});
        }
    }

    private Path make(String digest, ArraySource array, Projection.Progress progress) throws IOException {
        Files.createDirectories(folder);
        Path aside = Files.createTempFile(folder, digest, ".part");
        try {
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                new Projection(array, progress).write(channel);
            }
            Path file = folder.resolve(digest + ENDING);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            forgetOldest(file);
            return file;
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private void forgetOldest(Path newest) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            List<Path> files = content.filter(file -> file.toString().endsWith(ENDING) && !file.equals(newest))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .reversed())
                    .toList();
            long bytes = Files.size(newest);
            for (Path file : files) {
                bytes += file.toFile().length();
                if (bytes > MOST_BYTES) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
