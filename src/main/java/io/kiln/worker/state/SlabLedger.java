package io.kiln.worker.state;

import io.kiln.job.SlabOutcome;
import io.kiln.job.UnitRanges;
import io.kiln.pipeline.UnitRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which units are durably settled: a file that only grows, one {@link LedgerLine} for each call, on disk before the call returns. What a crash left of a last
 * line is not counted and cut off: nobody was told that its units are settled. Thread-safe.
 */
final class SlabLedger implements AutoCloseable {
    private final FileChannel channel;
    private final Map<SlabOutcome, List<UnitRange>> settled = new EnumMap<>(SlabOutcome.class);

    /**
     * @param channel of the ledger's file, open to be read and written; closed with the ledger
     * @throws StateRefusedException when a line before the last whole one is damaged
     */
    SlabLedger(FileChannel channel) throws IOException {
        this.channel = channel;
        for (SlabOutcome outcome : SlabOutcome.values()) {
            settled.put(outcome, List.of());
        }
        long whole = read();
        channel.truncate(whole);
        channel.position(whole);
    }

    /** Ascending, not touching. */
    synchronized List<UnitRange> settled(SlabOutcome outcome) {
        return settled.get(outcome);
    }

    /** Units that were settled before stay as they are. Durable when it returns. */
    synchronized void settle(SlabOutcome outcome, List<UnitRange> units) throws IOException {
        List<UnitRange> added = UnitRanges.minus(units, all());
        if (added.isEmpty()) {
            return;
        }
        append(new LedgerLine(outcome, added));
        add(outcome, added);
    }

    private void append(LedgerLine line) throws IOException {
        long end = channel.position();
        ByteBuffer bytes = ByteBuffer.wrap(line.text().getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            cutBack(end, e);
            throw e;
        }
    }

    /** A line that may be half-written must not stand before another one: a full disk is survived. */
    private void cutBack(long end, IOException failure) {
        try {
            channel.truncate(end);
            channel.position(end);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void add(SlabOutcome outcome, List<UnitRange> units) {
        List<UnitRange> both = new ArrayList<>(settled.get(outcome));
        both.addAll(units);
        settled.put(outcome, UnitRanges.minus(both, List.of()));
    }

    private List<UnitRange> all() {
        return settled.values().stream().flatMap(List::stream).toList();
    }

    /** Returns where the last whole line ends. */
    private long read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // reads on: one call need not give everything
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
        int whole = 0;
        int number = 0;
        boolean torn = false;
        for (int from = 0, end = text.indexOf('\n'); end >= 0; from = end + 1, end = text.indexOf('\n', from)) {
            number++;
            Optional<LedgerLine> line = LedgerLine.parse(text.substring(from, end));
            if (torn && line.isPresent()) {
                throw new StateRefusedException("the ledger is damaged before its line " + number
                        + ", as no crash damages it: check that disk, and compute anew with --fresh");
            }
            torn |= line.isEmpty();
            if (line.isPresent()) {
                add(line.get().outcome(), line.get().units());
                whole = end + 1;
            }
        }
        return whole;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
