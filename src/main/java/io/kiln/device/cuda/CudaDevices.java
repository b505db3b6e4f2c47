package io.kiln.device.cuda;

import io.kiln.device.Device;
import io.kiln.device.DeviceId;
import io.kiln.device.DeviceLostException;
import io.kiln.device.DeviceUse;
import io.kiln.device.Devices;
import io.kiln.device.TransientDeviceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jcuda.driver.JCudaDriver;

/** The GPUs of this machine, found once. The driver itself hides those that {@code CUDA_VISIBLE_DEVICES} does not name. */
public final class CudaDevices implements Devices {
    private static final Logger LOG = Logger.getLogger(CudaDevices.class.getName());

    private final List<CudaDevice> gpus;
    private final String absence;
    private final NvidiaSmi nvidiaSmi = new NvidiaSmi("nvidia-smi");

    private CudaDevices(List<CudaDevice> gpus, String absence) {
        this.gpus = gpus;
        this.absence = absence;
    }

    private static CudaDevices none(String reason) {
        return new CudaDevices(List.of(), reason);
    }

    /**
     * Looks for GPUs. One that does not even tell its name is left out, and the log says so.
     *
     * @param permitted which of them may be used
     * @throws IllegalArgumentException when a GPU is permitted by number that does not exist
     */
    public static CudaDevices probe(PermittedGpus permitted) {
        if (permitted.nobody()) {
            return none("the settings permit none");
        }
        int[] count = new int[1];
        try {
            int result = JCudaDriver.cuInit(0);
            if (CudaResult.isSuccess(result)) {
                result = JCudaDriver.cuDeviceGetCount(count);
            }
            return CudaResult.isSuccess(result)
                    ? describe(count[0], permitted)
                    : none(permitted, "the CUDA driver answers " + CudaResult.name(result));
        } catch (LinkageError e) {
            // no driver, or JCuda itself is not there; later calls would fail in other ways, so nobody makes any
            return none(permitted, "the CUDA driver cannot be loaded: " + firstLine(e));
        }
    }

    private static CudaDevices none(PermittedGpus permitted, String reason) {
        permitted.requireNoneBeyond(0, reason);
        return none(reason);
    }

    private static CudaDevices describe(int count, PermittedGpus permitted) {
        permitted.requireNoneBeyond(count, "the CUDA driver shows " + count);
        List<CudaDevice> gpus = IntStream.range(0, count)
                .filter(permitted::permits)
                .mapToObj(CudaDevices::describe)
                .flatMap(Optional::stream)
                .toList();
        return new CudaDevices(
                shared(gpus, gpus.size()),
                "the CUDA driver shows " + (count == 0 ? "none" : count + ", and none of them works"));
    }

    private static Optional<CudaDevice> describe(int number) {
        try {
            return Optional.of(CudaDevice.describe(number));
        } catch (DeviceLostException | TransientDeviceException | IllegalStateException e) {
            LOG.warning(() -> "a GPU is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String firstLine(LinkageError e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse(e.toString());
    }

    private static List<CudaDevice> shared(List<CudaDevice> gpus, int devices) {
        return gpus.stream().map(gpu -> gpu.sharedBy(devices)).toList();
    }

    /** The same GPUs in a process that computes on so many other devices at the same time. */
    public CudaDevices beside(int others) {
        return new CudaDevices(shared(gpus, gpus.size() + others), absence);
    }

    /** The GPUs in the driver's order. */
    public List<CudaDevice> gpus() {
        return gpus;
    }

    @Override
    public List<Device> all() {
        return List.copyOf(gpus);
    }

    @Override
    public Map<DeviceId, DeviceUse> use() throws InterruptedException {
        if (gpus.isEmpty()) {
            return Map.of();
        }
        Map<String, DeviceUse> uses = nvidiaSmi.query();
        return gpus.stream()
                .filter(gpu -> uses.containsKey("GPU-" + gpu.uuid()))
                .collect(Collectors.toMap(CudaDevice::id, gpu -> uses.get("GPU-" + gpu.uuid())));
    }

    /** Why there is no GPU; empty where there is one. */
    public Optional<String> absence() {
        return gpus.isEmpty() ? Optional.of(absence) : Optional.empty();
    }
}
