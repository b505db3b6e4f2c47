package io.kiln.device.cpu;

import io.kiln.device.Device;
import io.kiln.device.DeviceId;

/**
 * A share of the processor's cores.
 *
 * @param threads how many threads compute one slab, at least 1
 * @param memoryBytes bytes that the slabs in flight and the threads' work arrays may take together
 */
public record CpuDevice(DeviceId id, String title, int threads, long memoryBytes) implements Device {
    public CpuDevice {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads: a CPU device needs at least 1");
        }
    }
}
