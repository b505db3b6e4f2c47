package io.kiln.device.cuda;

import io.kiln.device.Device;
import io.kiln.device.Devices;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jcuda.driver.JCudaDriver;

/** The GPUs of this machine, found once. The driver itself hides those that {@code CUDA_VISIBLE_DEVICES} does not name. */
public final class CudaDevices implements Devices {
    private final List<CudaDevice> gpus;
    private final String absence;

    private CudaDevices(List<CudaDevice> gpus, String absence) {
        this.gpus = gpus;
        this.absence = absence;
    }

    /**
     * Looks for GPUs.
     *
     * @param permitted which of them may be used
     * @throws IllegalArgumentException when a GPU is permitted by number that does not exist
     */
    public static CudaDevices probe(PermittedGpus permitted) {
        if (permitted.nobody()) {
            return new CudaDevices(List.of(), "the settings permit none");
        }
        CudaDevices found = probe();
        permitted.numbers().stream()
                .filter(number -> number >= found.gpus.size())
                .findFirst()
                .ifPresent(number -> {
                    throw new IllegalArgumentException("kiln.gpus names GPU " + number + ", but there "
                            + (found.gpus.isEmpty()
                                    ? "is none: " + found.absence
                                    : "are " + found.gpus.size() + ", counted from 0"));
                });
        return new CudaDevices(
                found.gpus.stream()
                        .filter(gpu -> permitted.permits(gpu.number()))
                        .toList(),
                found.absence);
    }

    private static CudaDevices probe() {
        int[] count = new int[1];
        try {
            int result = JCudaDriver.cuInit(0);
            if (CudaResult.isSuccess(result)) {
                result = JCudaDriver.cuDeviceGetCount(count);
            }
            if (!CudaResult.isSuccess(result)) {
                return new CudaDevices(List.of(), "the CUDA driver answers " + CudaResult.name(result));
            }
        } catch (LinkageError e) {
            // no driver, or JCuda itself is not there; later calls would fail in other ways, so nobody makes any
            return new CudaDevices(List.of(), "the CUDA driver cannot be loaded: " + firstLine(e));
        }
        return count[0] == 0
                ? new CudaDevices(List.of(), "the CUDA driver shows none")
                : new CudaDevices(
                        IntStream.range(0, count[0])
                                .mapToObj(CudaDevice::describe)
                                .toList(),
                        null);
    }

    private static String firstLine(LinkageError e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse(e.toString());
    }

    /** The GPUs in the driver's order. */
    public List<CudaDevice> gpus() {
        return gpus;
    }

    @Override
    public List<Device> all() {
        return List.copyOf(gpus);
    }

    /** Why there is no GPU; empty where there is one. */
    public Optional<String> absence() {
        return gpus.isEmpty() ? Optional.of(absence) : Optional.empty();
    }
}
