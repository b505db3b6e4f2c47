package io.kiln.device.cpu;

import io.kiln.device.Device;
import io.kiln.device.DeviceId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A share of the processor's cores.
 *
 * @param threads how many threads compute one slab, at least 1
 * @param memoryBytes bytes that the slabs in flight and the threads' work arrays may take together
 */
public record CpuDevice(DeviceId id, String title, int threads, long memoryBytes, int sharing) implements Device {
    public CpuDevice {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads: a CPU device needs at least 1");
        }
        if (sharing < 1) {
            throw new IllegalArgumentException(sharing + " devices share the process: this one is at least 1");
        }
    }

    /**
     * Divides the processor into {@code count} devices, {@code cpu0} and on.
     *
     * @param count 0 for none
     * @param allThreads of all of them, at least one each
     * @param allMemoryBytes of all of them
     * @param others devices of the process beside them that are computed on at the same time
     */
    public static List<CpuDevice> shares(int count, int allThreads, long allMemoryBytes, int others) {
        return IntStream.range(0, count)
                .mapToObj(number -> share(number, count, allThreads, allMemoryBytes, count + others))
                .toList();
    }

    private static CpuDevice share(int number, int count, int allThreads, long allMemoryBytes, int sharing) {
        int threads = allThreads / count + (number < allThreads % count ? 1 : 0);
        String title = "processor, " + threads + (threads == 1 ? " thread" : " threads");
        return new CpuDevice(new DeviceId("cpu" + number), title, threads, allMemoryBytes / count, sharing);
    }
}
