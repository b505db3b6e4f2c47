package io.kiln.tomography.cpu;

import io.kiln.device.cpu.CpuDevice;
import io.kiln.device.cpu.ProcessMemory;

/**
 * What may still be taken of a device's memory.
 *
 * @param bytes of everything
 * @param heapBytes of arrays
 * @param directBytes of direct buffers
 */
record SlabMemory(long bytes, long heapBytes, long directBytes) {
    private static final long MOST_PART_BYTES = 64L << 20;
    private static final int PARTS_OF_DIRECT = 4;
    private static final int PARTS_OF_ALL = 8;

    static SlabMemory of(CpuDevice device) {
        return new SlabMemory(device.memoryBytes(), ProcessMemory.heapBytes(device), ProcessMemory.directBytes(device));
    }

    /** What rows may take that are read beside the slabs: a part that leaves room for those. */
    long partBytes() {
        return Math.min(MOST_PART_BYTES, Math.min(directBytes / PARTS_OF_DIRECT, bytes / PARTS_OF_ALL));
    }

    SlabMemory less(long heap, long direct) {
        return new SlabMemory(bytes - heap - direct, heapBytes - heap, directBytes - direct);
    }
}
