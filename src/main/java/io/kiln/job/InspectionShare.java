package io.kiln.job;

import io.kiln.device.Device;
import io.kiln.device.cpu.CpuDevice;
import java.util.List;

/**
 * What inspecting an input may take of the machine.
 *
 * @param threads at least 1
 * @param memoryBytes for what is decompressed, searched and looked at
 */
record InspectionShare(int threads, long memoryBytes) {
    private static final long MEMORY_BYTES_WITHOUT_CPU_DEVICE = 512L << 20;

    /**
     * What the processor's devices that the run has give it. A run on other devices has an even share of the cores: as many inspections as there are such
     * devices may go on at once, while each of them is held and waits.
     *
     * @param leased by the run
     * @param ofNode all devices
     * @param cores of the machine
     */
    static InspectionShare of(List<Device> leased, List<Device> ofNode, int cores) {
        List<CpuDevice> processor = leased.stream()
                .filter(CpuDevice.class::isInstance)
                .map(CpuDevice.class::cast)
                .toList();
        if (processor.isEmpty()) {
            long others = ofNode.stream()
                    .filter(device -> !(device instanceof CpuDevice))
                    .count();
            return new InspectionShare((int) Math.max(1, cores / Math.max(1, others)), MEMORY_BYTES_WITHOUT_CPU_DEVICE);
        }
        return new InspectionShare(
                processor.stream().mapToInt(CpuDevice::threads).sum(),
                processor.stream().mapToLong(CpuDevice::memoryBytes).sum());
    }
}
