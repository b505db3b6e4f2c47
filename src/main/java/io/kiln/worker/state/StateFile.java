package io.kiln.worker.state;

import io.kiln.job.SlabOutcome;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import io.kiln.volume.Durable;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A worker's run on disk, held by one worker at a time. {@code FILE} is the {@link RunRecord}, replaced whole whenever it changes; {@code FILE.ledger} grows with
 * every slab; {@code FILE.lock} says that a worker lives. A ledger belongs to the record beside it: without a record it is void. Thread-safe.
 */
public final class StateFile implements AutoCloseable {
    private final Path file;
    private final StateLock lock;
    private Optional<RunRecord> record = Optional.empty();
    private SlabLedger ledger;

    private StateFile(Path file, StateLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Takes the state for this worker and reads what is there, if anything.
     *
     * @param file absolute; its folder is made where there is none
     * @throws StateRefusedException when another worker holds it, or it cannot be read
     */
    public static StateFile open(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        StateFile state = new StateFile(file, StateLock.take(beside(file, ".lock")));
        try {
            state.readRecord();
            return state;
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    public Path file() {
        return file;
    }

    /** The run that the state is of; empty where there is none yet. */
    public synchronized Optional<RunRecord> record() {
        return record;
    }

    /**
     * Begins the next attempt of the run that is there, or the first of a new one.
     *
     * @throws StateRefusedException when the state is of a run that was asked for otherwise, or its ledger is damaged
     */
    public synchronized RunRecord begin(Order order) throws IOException {
        record.ifPresent(kept -> requireSame(order, kept.order()));
        if (record.isEmpty()) {
            forget();
        }
        RunRecord begun = save(record.orElseGet(() -> RunRecord.begin(order)).nextAttempt(order));
        ledger();
        return begun;
    }

    /** Forgets the run, so that {@link #begin} begins a new one. */
    public synchronized void forget() throws IOException {
        closeLedger();
        Files.deleteIfExists(file);
        Durable.force(file.getParent());
        Files.deleteIfExists(beside(file, ".ledger"));
        record = Optional.empty();
    }

    /** @throws IllegalStateException before {@link #begin} */
    public synchronized RunRecord current() {
        return record.orElseThrow(() -> new IllegalStateException(file + " holds no run"));
    }

    public synchronized void keep(Plan plan) {
        change(current().with(plan));
    }

    public synchronized void enter(RunPhase phase) {
        if (current().phase() != phase) {
            change(current().in(phase));
        }
    }

    /** Ascending, not touching. */
    public synchronized List<UnitRange> settled(SlabOutcome outcome) {
        try {
            return ledger().settled(outcome);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the ledger of " + file + ": " + e.getMessage(), e);
        }
    }

    /** Durable when it returns; units that were settled before stay as they are. */
    public synchronized void settle(SlabOutcome outcome, List<UnitRange> units) {
        try {
            ledger().settle(outcome, units);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void requireSame(Order asked, Order kept) {
        List<String> differences = asked.differences(kept);
        if (!differences.isEmpty()) {
            throw new StateRefusedException("the state file " + file + " is of another run: "
                    + String.join("; ", differences)
                    + ". Give the same again to go on with it, --fresh to drop it, or another --state");
        }
    }

    private void change(RunRecord next) {
        try {
            save(next);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException("cannot write the state file " + file + ": " + e.getMessage(), e);
    }

    private RunRecord save(RunRecord next) throws IOException {
        Path aside = beside(file, ".new");
        Files.writeString(aside, next.json() + "\n");
        Durable.rename(aside, file);
        record = Optional.of(next);
        return next;
    }

    private void readRecord() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (InputStream in = Files.newInputStream(file);
                JsonReader json = Json.createReader(in)) {
            record = Optional.of(RunRecord.read(json.readObject()));
        } catch (RuntimeException e) {
            throw new StateRefusedException(
                    file + " is no state file of this worker (" + e.getMessage()
                            + "): choose another --state, or move it away",
                    e);
        }
    }

    private SlabLedger ledger() throws IOException {
        if (ledger == null) {
            ledger = new SlabLedger(FileChannel.open(
                    beside(file, ".ledger"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE));
            Durable.force(file.getParent());
        }
        return ledger;
    }

    private void closeLedger() throws IOException {
        if (ledger != null) {
            ledger.close();
            ledger = null;
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            closeLedger();
        } finally {
            lock.close();
        }
    }
}
