package io.kiln.tomography.cpu;

import io.kiln.device.cpu.CpuDevice;

/**
 * What may still be taken of a device's memory.
 *
 * @param bytes of everything
 * @param heapBytes of arrays
 * @param directBytes of direct buffers
 */
record SlabMemory(long bytes, long heapBytes, long directBytes) {
    /** The part of the heap that the arrays of all devices may take. */
    private static final double HEAP_SHARE = 0.6;

    /** Direct buffers of all devices: three quarters of the least that a server is started with. */
    private static final long MOST_DIRECT_BYTES = 768L << 20;

    static SlabMemory of(CpuDevice device) {
        return new SlabMemory(
                device.memoryBytes(),
                (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE) / device.sharing(),
                MOST_DIRECT_BYTES / device.sharing());
    }

    SlabMemory less(long heap, long direct) {
        return new SlabMemory(bytes - heap - direct, heapBytes - heap, directBytes - direct);
    }
}
