package io.kiln.tomography.cpu;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.reconstruction.Reconstructor;

/**
 * How slabs and work arrays are fitted into a device's memory.
 *
 * @param units of a slab, even
 * @param slots of the ring
 * @param workers pairs of slices that are computed at once
 * @param teamThreads threads that compute one pair
 */
record SlabLayout(int units, int slots, int workers, int teamThreads) {
    /** One slab read, one computed, one written, one on its way from one to the next. */
    static final int SLOTS = 4;

    private static final int PAIR = 2;
    private static final int TALLEST_ROWS = 64;
    private static final int SLABS_OF_A_RUN = 8;

    /** Direct buffers of all slabs together. */
    private static final long MOST_DIRECT_BYTES = 768L << 20;

    /** The part of the heap that arrays may take. */
    private static final double HEAP_SHARE = 0.6;

    /**
     * The layout that has the most threads at work, and of those the one with the smallest teams.
     *
     * @throws InputRejectedException when not even the smallest slabs fit
     */
    static SlabLayout fit(SlabNeeds needs, Reconstructor reconstructor, int threads, long memoryBytes, int unitsOfRun) {
        int most = Math.min(threads, (unitsOfRun + PAIR - 1) / PAIR);
        SlabLayout best = new SlabLayout(0, SLOTS, 0, 0);
        for (int workers = most; workers >= 1; workers--) {
            for (int team = threads / workers; workers * team > best.threads(); team--) {
                Budget left = new Budget(memoryBytes)
                        .less(needs.sharedBytes()
                                + workers * (needs.workerBytes() + reconstructor.workspaceBytes(team)));
                int units = units(needs, left, workers, unitsOfRun);
                if (units >= PAIR * workers) {
                    best = new SlabLayout(units, SLOTS, workers, team);
                }
            }
        }
        if (best.threads() > 0) {
            return best;
        }
        throw new InputRejectedException("a pair of slices of this scan needs about "
                + mebibytes(least(needs, reconstructor)) + " MiB, but the device has " + mebibytes(memoryBytes)
                + " MiB and the heap " + mebibytes(Runtime.getRuntime().maxMemory())
                + " MiB: raise the server's memory, or bin or crop the scan");
    }

    /** Threads that are at work at once. */
    int threads() {
        return workers * teamThreads;
    }

    private static long least(SlabNeeds needs, Reconstructor reconstructor) {
        return needs.sharedBytes()
                + needs.workerBytes()
                + reconstructor.workspaceBytes(1)
                + (long) SLOTS * PAIR * (needs.directBytesPerUnit() + needs.heapBytesPerUnit());
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    /** What may still be taken, of everything and of the heap. */
    private record Budget(long bytes, long heapBytes) {
        Budget(long bytes) {
            this(bytes, (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE));
        }

        Budget less(long heap) {
            return new Budget(bytes - heap, heapBytes - heap);
        }
    }

    private static int units(SlabNeeds needs, Budget left, int workers, int unitsOfRun) {
        long fitting = left.bytes() / SLOTS / (needs.directBytesPerUnit() + needs.heapBytesPerUnit());
        fitting = Math.min(fitting, left.heapBytes() / SLOTS / needs.heapBytesPerUnit());
        if (needs.directBytesPerUnit() > 0) {
            fitting = Math.min(fitting, MOST_DIRECT_BYTES / SLOTS / needs.directBytesPerUnit());
        }
        fitting = Math.min(fitting, Integer.MAX_VALUE / needs.pixelsPerUnit());
        int round = PAIR * workers;
        long wanted = Math.max(
                round,
                Math.min(
                        TALLEST_ROWS / needs.rowsPerUnit(),
                        roundUp((unitsOfRun + SLABS_OF_A_RUN - 1) / SLABS_OF_A_RUN, round)));
        return (int) (Math.min(fitting, wanted) / round * round);
    }

    private static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
