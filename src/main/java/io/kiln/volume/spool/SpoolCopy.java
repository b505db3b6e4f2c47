package io.kiln.volume.spool;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.Durable;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Copies a selection into a file, several tiles at once. */
final class SpoolCopy {
    /** A decoder keeps the block as stored and on the way through its filters, beside the tile that it fills. */
    private static final int BUFFERS_PER_TILE = 4;

    private final ArraySource source;
    private final Selection selection;
    private final FileChannel channel;
    private final SpoolLimits limits;
    private final Queue<Tile> waiting;
    private final Queue<Damage> damage = new ConcurrentLinkedQueue<>();
    private final int rowBytes;

    SpoolCopy(ArraySource source, Selection selection, FileChannel channel, SpoolLimits limits) {
        this.source = source;
        this.selection = selection;
        this.channel = channel;
        this.limits = limits;
        this.waiting = new ConcurrentLinkedQueue<>(Tile.of(selection, source.block()));
        this.rowBytes =
                Math.multiplyExact(selection.shape().third(), source.type().bytes());
    }

    /** What could not be read. */
    List<Damage> run() throws IOException, InterruptedException {
        ArrayShape selected = selection.shape();
        channel.write(
                ByteBuffer.allocate(1), selected.elements() * source.type().bytes() - 1);
        int threads = threads();
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "kiln-spool");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Void>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(worker()));
            }
            for (Future<Void> worker : workers) {
                join(worker);
            }
        } finally {
            waiting.clear();
            // not shutdownNow: an interrupt would close the input's channel
            pool.shutdown();
            pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        }
        return List.copyOf(damage);
    }

    private static void join(Future<Void> worker) throws IOException, InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (failed.getCause() instanceof CancellationException stopped) {
                throw stopped;
            }
            throw new IllegalStateException("copying failed", failed.getCause());
        }
    }

    private int threads() {
        long tileBytes = waiting.stream().mapToLong(Tile::rows).max().orElse(1) * rowBytes;
        return (int) Math.max(1, Math.min(limits.threads(), limits.memoryBytes() / (BUFFERS_PER_TILE * tileBytes)));
    }

    private Callable<Void> worker() {
        return () -> {
            ByteBuffer buffer = ByteBuffer.allocate(0);
            for (Tile tile = waiting.poll(); tile != null; tile = waiting.poll()) {
                if (limits.stopRequested().getAsBoolean()) {
                    throw new CancellationException("stopped while a scan was decompressed");
                }
                int bytes = Math.toIntExact(tile.rows() * rowBytes);
                buffer = buffer.capacity() < bytes ? ByteBuffer.allocateDirect(bytes) : buffer;
                copy(tile, buffer.clear().limit(bytes));
            }
            return null;
        };
    }

    private void copy(Tile tile, ByteBuffer buffer) throws IOException {
        try {
            source.read(tile.selection(selection), buffer);
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException unreadable) {
            damage.add(new Damage(tile, String.valueOf(unreadable.getMessage())));
            return;
        }
        int part = (tile.secondTo() - tile.secondFrom()) * rowBytes;
        for (int first = tile.firstFrom(); first < tile.firstTo(); first++) {
            int from = (first - tile.firstFrom()) * part;
            long row = (long) first * selection.shape().second() + tile.secondFrom();
            Durable.write(channel, buffer.slice(from, part), row * rowBytes);
        }
    }
}
