package io.kiln.settings;

import io.kiln.device.cuda.PermittedGpus;
import java.util.OptionalInt;

/**
 * What a server node computes on.
 *
 * @param gpus which of the machine's GPUs may be used
 * @param cpuDevices into how many devices the processor's cores are divided; where it is not said, one without GPUs and none with them
 * @param cpuThreads how many threads all CPU devices use together
 * @param cpuMemoryBytes bytes that slabs in flight may take on all CPU devices together
 */
public record DeviceSettings(PermittedGpus gpus, OptionalInt cpuDevices, int cpuThreads, long cpuMemoryBytes) {
    public DeviceSettings {
        Settings.atLeast("KILN_CPU_DEVICES", cpuDevices.orElse(1), 1);
        Settings.atLeast("KILN_CPU_THREADS", cpuThreads, cpuDevices.orElse(1));
        Settings.atLeast("KILN_CPU_MEMORY_MIB", cpuMemoryBytes >> 20, 64);
    }
}
