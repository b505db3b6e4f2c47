package io.kiln.tomography.cpu;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.reconstruction.Reconstructor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How slabs and work arrays are fitted into a device's memory.
 *
 * @param needs which of the alternatives it is of
 * @param units of a slab, even
 * @param slots of the ring
 * @param workers pairs of slices that are computed at once
 * @param teamThreads threads that compute one pair
 */
record SlabLayout(SlabNeeds needs, int units, int slots, int workers, int teamThreads) {
    /** One slab read, one computed, one written, one on its way from one to the next. */
    static final int MOST_SLOTS = 4;

    /** Fewer, and nothing is read while something is computed. */
    private static final int OVERLAPPING_SLOTS = 2;

    private static final int PAIR = 2;
    private static final int TALLEST_ROWS = 64;
    private static final int SLABS_OF_A_RUN = 8;

    /**
     * The layout of the first alternative of which two slabs fit at once, else of the first that fits; of its layouts one that has the most slots, of those
     * the most threads at work, and of those the smallest teams.
     *
     * @param alternatives the best first
     * @throws InputRejectedException when not even the smallest slabs fit
     */
    static SlabLayout fit(
            List<SlabNeeds> alternatives, Reconstructor reconstructor, int threads, SlabMemory memory, int unitsOfRun) {
        for (int fewest : new int[] {OVERLAPPING_SLOTS, 1}) {
            for (SlabNeeds needs : alternatives) {
                for (int slots = MOST_SLOTS; slots >= fewest; slots--) {
                    Optional<SlabLayout> layout = fit(needs, slots, reconstructor, threads, memory, unitsOfRun);
                    if (layout.isPresent()) {
                        return layout.get();
                    }
                }
            }
        }
        SlabNeeds least = alternatives.stream()
                .min(Comparator.comparingLong(needs -> leastBytes(needs, reconstructor)))
                .orElseThrow();
        throw new InputRejectedException("a pair of slices of this scan needs about "
                + mebibytes(leastBytes(least, reconstructor)) + " MiB, " + mebibytes(leastDirectBytes(least))
                + " MiB of them in direct buffers, but the device has " + mebibytes(memory.bytes())
                + " MiB, its share of the heap is " + mebibytes(memory.heapBytes())
                + " MiB and that of direct buffers " + mebibytes(memory.directBytes())
                + " MiB: raise the server's memory, divide it among fewer devices, or bin or crop the scan");
    }

    private static Optional<SlabLayout> fit(
            SlabNeeds needs, int slots, Reconstructor reconstructor, int threads, SlabMemory memory, int unitsOfRun) {
        int most = Math.min(threads, (unitsOfRun + PAIR - 1) / PAIR);
        SlabLayout best = new SlabLayout(needs, 0, slots, 0, 0);
        for (int workers = most; workers >= 1; workers--) {
            for (int team = threads / workers; workers * team > best.threads(); team--) {
                SlabMemory left = memory.less(
                        needs.sharedBytes()
                                + slots * needs.heapBytesPerSlab()
                                + workers * (needs.workerBytes() + reconstructor.workspaceBytes(team)),
                        needs.directBytes());
                int units = units(needs, left, slots, workers, unitsOfRun);
                if (units >= PAIR * workers) {
                    best = new SlabLayout(needs, units, slots, workers, team);
                }
            }
        }
        return best.threads() > 0 ? Optional.of(best) : Optional.empty();
    }

    /** Threads that are at work at once. */
    int threads() {
        return workers * teamThreads;
    }

    private static long leastBytes(SlabNeeds needs, Reconstructor reconstructor) {
        return leastDirectBytes(needs)
                + needs.sharedBytes()
                + needs.workerBytes()
                + reconstructor.workspaceBytes(1)
                + needs.heapBytesPerSlab()
                + PAIR * needs.heapBytesPerUnit();
    }

    private static long leastDirectBytes(SlabNeeds needs) {
        return needs.directBytes() + PAIR * needs.directBytesPerUnit();
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    private static int units(SlabNeeds needs, SlabMemory left, int slots, int workers, int unitsOfRun) {
        if (left.directBytes() < 0) {
            return 0;
        }
        long fitting = left.bytes() / slots / (needs.directBytesPerUnit() + needs.heapBytesPerUnit());
        fitting = Math.min(fitting, left.heapBytes() / slots / needs.heapBytesPerUnit());
        if (needs.directBytesPerUnit() > 0) {
            fitting = Math.min(fitting, left.directBytes() / slots / needs.directBytesPerUnit());
            // a buffer, as an array, ends there
            fitting = Math.min(fitting, Integer.MAX_VALUE / needs.directBytesPerUnit());
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
