package io.kiln.tomography.cuda;

import io.kiln.pipeline.InputRejectedException;

/** How many units a slab has on a GPU. */
final class SlabHeight {
    /** One slab is read, one copied to the device, one computed, one copied back and one written, all at once. */
    static final int SLOTS = 5;

    /** The plan's alignment. */
    static final int LEAST = 2;

    /** What is left to others and to the gaps between allocations. */
    private static final double SHARE = 0.9;

    private static final int TALLEST_ROWS = 64;
    private static final int SLABS_OF_A_RUN = 8;

    /** Pinned memory of a lane: the machine has to do without it. */
    private static final long MOST_PINNED_BYTES = 2L << 30;

    private SlabHeight() {}

    /**
     * The height of slabs that fit.
     *
     * @param freeBytes of the device
     * @throws InputRejectedException when not even the smallest ones do
     */
    static int fitting(ReconstructionSizes sizes, long freeBytes) {
        long left = (long) (freeBytes * SHARE) - sizes.fixed();
        for (int units = wanted(sizes); units >= LEAST; units = shorter(units)) {
            long input = sizes.slabInput(units);
            long output = sizes.slabOutput(units);
            boolean isPinnable = SLOTS * (input + output) <= MOST_PINNED_BYTES;
            boolean isLeast = units == LEAST && input <= Integer.MAX_VALUE && output <= Integer.MAX_VALUE;
            if ((isPinnable || isLeast) && SLOTS * (input + output) <= left) {
                return units;
            }
        }
        throw new InputRejectedException("reconstructing this scan needs about " + mebibytes(least(sizes))
                + " MiB of the GPU's memory, but " + mebibytes(freeBytes)
                + " MiB are free: bin or crop the scan, take a GPU with more memory, or let it run on the processor");
    }

    /** The next height to try when the device had less memory than it said. */
    static int shorter(int units) {
        return units > ReconstructionSizes.QUAD
                ? Math.max(1, units / 2 / ReconstructionSizes.QUAD) * ReconstructionSizes.QUAD
                : units / 2;
    }

    private static long least(ReconstructionSizes sizes) {
        return (long) ((sizes.fixed() + SLOTS * (sizes.slabInput(LEAST) + sizes.slabOutput(LEAST))) / SHARE);
    }

    private static int wanted(ReconstructionSizes sizes) {
        int ofRun = (sizes.units() + SLABS_OF_A_RUN - 1) / SLABS_OF_A_RUN;
        int tallest = TALLEST_ROWS / sizes.rowsPerUnit();
        int quads = (Math.min(tallest, ofRun) + ReconstructionSizes.QUAD - 1) / ReconstructionSizes.QUAD;
        return Math.max(1, quads) * ReconstructionSizes.QUAD;
    }

    static long mebibytes(long bytes) {
        return bytes >> 20;
    }
}
