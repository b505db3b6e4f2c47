package io.kiln.run;

import io.kiln.job.DiskSpace;
import io.kiln.job.WorkerThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How much may still be written where. A file system whose server hangs holds who asks it for ever: each is asked on a thread of its own. Thread-safe. */
@ApplicationScoped
public class FreeSpace {
    /** A file system that is well answers at once, one in the network too. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(FreeSpace.class.getName());

    private final WorkerThreads threads;
    private final Probe probe;
    private final Duration patience;
    private final Map<Path, Question> open = new ConcurrentHashMap<>();

    /** Asks the operating system. */
    @FunctionalInterface
    interface Probe {
        /** Bytes that may still be written below the folder. */
        long freeBytes(Path folder) throws IOException;
    }

    /** What a folder's file system was asked, and has until this time of {@link System#nanoTime} to answer. */
    private record Question(long untilNanos, CompletableFuture<Long> answer, AtomicBoolean complained) {
        long await() throws InterruptedException, ExecutionException, TimeoutException {
            long left = untilNanos - System.nanoTime();
            return answer.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
        }
    }

    /** For the container's proxy only. */
    protected FreeSpace() {
        this(null);
    }

    @Inject
    public FreeSpace(WorkerThreads threads) {
        this(threads, DiskSpace::freeBytes, PATIENCE);
    }

    /** @param patience how long a file system may take to answer */
    FreeSpace(WorkerThreads threads, Probe probe, Duration patience) {
        this.threads = threads;
        this.probe = probe;
        this.patience = patience;
    }

    /** Bytes; empty where the file system does not answer, or not in time, which is not the same as full. */
    public Optional<Long> bytes(Path folder) {
        Question question = open.computeIfAbsent(folder, this::ask);
        try {
            return Optional.of(question.await());
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, e.getCause(), () -> "cannot ask for the free space of " + folder);
        } catch (TimeoutException e) {
            if (question.complained().compareAndSet(false, true)) {
                LOG.warning(() -> "the file system of " + folder + " does not say how much space it has; it may hang");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** Whether so many bytes may be written there for certain. */
    boolean has(Path folder, long bytes) {
        return bytes(folder).filter(free -> free >= bytes).isPresent();
    }

    private Question ask(Path folder) {
        Question question =
                new Question(System.nanoTime() + patience.toNanos(), new CompletableFuture<>(), new AtomicBoolean());
        threads.newThread("kiln-free-space", () -> answer(folder, question)).start();
        return question;
    }

    private void answer(Path folder, Question question) {
        try {
            question.answer().complete(probe.freeBytes(folder));
        } catch (IOException | RuntimeException e) {
            question.answer().completeExceptionally(e);
        } finally {
            open.remove(folder, question);
        }
    }
}
