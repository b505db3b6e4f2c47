package io.kiln.volume.spool;

import java.util.function.BooleanSupplier;

/**
 * What making a spool may take.
 *
 * @param threads that decompress at once, at least 1
 * @param memoryBytes that their buffers may take together; one block is decompressed even when it takes more
 * @param stopRequested asked before each block; once true, making the spool ends with a {@link java.util.concurrent.CancellationException}
 */
public record SpoolLimits(int threads, long memoryBytes, BooleanSupplier stopRequested) {
    public SpoolLimits {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads: a spool needs at least 1");
        }
    }
}
