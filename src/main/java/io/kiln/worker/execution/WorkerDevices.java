package io.kiln.worker.execution;

import io.kiln.device.Device;
import io.kiln.device.Devices;
import io.kiln.device.cpu.CpuDevice;
import io.kiln.device.cuda.CudaDevices;
import io.kiln.device.cuda.PermittedGpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The devices of the machine that the worker is on: the processor, and the GPUs that the driver shows. */
public final class WorkerDevices implements Devices {
    private final List<Device> devices;
    private final Optional<String> absenceOfGpus;

    private WorkerDevices(List<Device> devices, Optional<String> absenceOfGpus) {
        this.devices = List.copyOf(devices);
        this.absenceOfGpus = absenceOfGpus;
    }

    /**
     * Looks what there is.
     *
     * @param cpuDevices into how many devices the processor is divided, at least 1
     * @param cpuThreads of all of them together
     * @param cpuMemoryBytes of all of them together
     */
    public static WorkerDevices find(int cpuDevices, int cpuThreads, long cpuMemoryBytes) {
        CudaDevices gpus = CudaDevices.probe(PermittedGpus.ALL);
        // a worker computes one run, on devices of one kind: those of the other kind take nothing beside
        List<Device> found = new ArrayList<>(CpuDevice.shares(cpuDevices, cpuThreads, cpuMemoryBytes, 0));
        found.addAll(gpus.all());
        return new WorkerDevices(found, gpus.absence());
    }

    @Override
    public List<Device> all() {
        return devices;
    }

    /** Why there is no GPU; empty where there is one. */
    public Optional<String> absenceOfGpus() {
        return absenceOfGpus;
    }
}
