package io.kiln.tomography.cuda;

import io.kiln.device.cuda.Dimensions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How kernels that transform lines (src/main/cuda/line_transform.cuh) are launched: a block has neighbouring lanes, a lane the threads that hold 16 values
 * of a line each.
 *
 * @param length of a line, a power of two
 * @param lanes of a block
 * @param threads of a lane
 */
record LineBlocks(int length, int lanes, int threads) {
    /** The longest line. */
    static final int LONGEST = 16384;

    private static final int POINTS = 16;
    private static final int USUAL_THREADS = 512;
    private static final int MOST_THREADS = 1024;
    private static final int MOST_LANES = 32;

    /** Two pairs of slices side by side. */
    private static final int PAIRS = 2;

    static LineBlocks of(int length) {
        int threads = Math.max(1, length / POINTS);
        int lanes = threads == MOST_THREADS ? 1 : Math.min(MOST_LANES, Math.max(PAIRS, USUAL_THREADS / threads));
        return new LineBlocks(length, lanes, threads);
    }

    /** Blocks for so many lines of each pair. */
    Dimensions grid(int lines) {
        return Dimensions.of(Dimensions.blocks((long) PAIRS * lines, lanes));
    }

    Dimensions block() {
        return Dimensions.of(lanes, threads);
    }

    int sharedBytes() {
        return lanes * length * Float.BYTES;
    }

    static long rootsBytes() {
        return 2L * Float.BYTES * LONGEST;
    }

    /** exp(−2πi·k/16384), real and imaginary parts in turn. */
    static ByteBuffer roots() {
        ByteBuffer roots = ByteBuffer.allocate((int) rootsBytes()).order(ByteOrder.nativeOrder());
        for (int k = 0; k < LONGEST; k++) {
            double angle = -2 * StrictMath.PI * k / LONGEST;
            roots.putFloat((float) StrictMath.cos(angle)).putFloat((float) StrictMath.sin(angle));
        }
        return roots.flip();
    }
}
