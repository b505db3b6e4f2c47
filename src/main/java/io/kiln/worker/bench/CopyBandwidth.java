package io.kiln.worker.bench;

import io.kiln.device.Device;
import io.kiln.device.cpu.CpuDevice;
import io.kiln.device.cpu.CpuThreads;
import io.kiln.device.cuda.CudaContext;
import io.kiln.device.cuda.CudaDevice;
import io.kiln.device.cuda.CudaEvent;
import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;

/** How fast a device copies its own memory: what bounds a computation that touches each value once. */
final class CopyBandwidth {
    private static final int VALUES = 8 << 20;
    private static final long MOST_BYTES_OF_GPU = 1L << 30;
    private static final int SHARE_OF_GPU = 8;
    private static final int ROUNDS = 12;

    private CopyBandwidth() {}

    /**
     * Bytes that are read and written a second in the best of some rounds.
     *
     * @throws IllegalArgumentException for a kind of device that this does not know
     */
    static double bytesPerSecond(Device device) throws InterruptedException {
        if (device instanceof CpuDevice cpu) {
            return ofProcessor(cpu);
        }
        if (device instanceof CudaDevice gpu) {
            return ofGpu(gpu);
        }
        throw new IllegalArgumentException("copying is not measured on " + device.title());
    }

    private static double ofProcessor(CpuDevice device) throws InterruptedException {
        float[][] from = new float[device.threads()][VALUES];
        float[][] to = new float[device.threads()][VALUES];
        long bestNanos = Long.MAX_VALUE;
        try (CpuThreads threads = new CpuThreads("kiln-copy", device.threads())) {
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                threads.each(device.threads(), (worker, part) -> System.arraycopy(from[part], 0, to[part], 0, VALUES));
                bestNanos = Math.min(bestNanos, System.nanoTime() - start);
            }
        }
        return 2.0 * device.threads() * VALUES * Float.BYTES / (bestNanos / 1e9);
    }

    private static double ofGpu(CudaDevice device) {
        long bytes = Math.min(MOST_BYTES_OF_GPU, device.memoryBytes() / SHARE_OF_GPU);
        double best = Double.MAX_VALUE;
        try (CudaContext context = device.open();
                DeviceMemory from = context.allocate(bytes);
                DeviceMemory to = context.allocate(bytes);
                CudaStream stream = context.newStream()) {
            stream.fill(from, 0, bytes, (byte) 1);
            for (int round = 0; round < ROUNDS; round++) {
                best = Math.min(best, milliseconds(stream, from, to, bytes));
            }
        }
        return 2.0 * bytes / (best / 1e3);
    }

    private static double milliseconds(CudaStream stream, DeviceMemory from, DeviceMemory to, long bytes) {
        try (CudaEvent begun = stream.record()) {
            stream.copy(from, 0, to, 0, bytes);
            try (CudaEvent ended = stream.record()) {
                ended.await();
                return ended.millisecondsSince(begun);
            }
        }
    }
}
