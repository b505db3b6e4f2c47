package io.kiln.tomography;

import io.kiln.device.cuda.CudaDevice;
import io.kiln.device.cuda.CudaDevices;
import io.kiln.device.cuda.PermittedGpus;
import java.util.List;

/** The GPU on which tests reconstruct. */
final class SimulatedGpu {
    private SimulatedGpu() {}

    /** The last one there is, whose number is not always 0. */
    static CudaDevice last() {
        List<CudaDevice> gpus = CudaDevices.probe(PermittedGpus.ALL).gpus();
        return gpus.get(gpus.size() - 1);
    }

    /** The same device with less memory, as far as it says. */
    static CudaDevice withMemory(long bytes) {
        CudaDevice gpu = last();
        return new CudaDevice(
                gpu.number(),
                gpu.uuid(),
                gpu.title(),
                bytes,
                gpu.multiprocessors(),
                gpu.maxSharedBytes(),
                gpu.computeCapability());
    }
}
