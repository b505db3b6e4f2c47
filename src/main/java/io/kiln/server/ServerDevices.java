package io.kiln.server;

import io.kiln.device.Device;
import io.kiln.device.DeviceId;
import io.kiln.device.DeviceUse;
import io.kiln.device.Devices;
import io.kiln.device.cpu.CpuDevice;
import io.kiln.device.cuda.CudaDevices;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * This machine's GPUs; where there are none, or where the settings say so beside them, the processor's cores, shared out evenly among as many devices as
 * the settings say.
 */
@ApplicationScoped
public class ServerDevices implements Devices {
    private static final Logger LOG = Logger.getLogger(ServerDevices.class.getName());

    private final List<Device> devices;
    private final CudaDevices gpus;

    /** For the container's proxy only. */
    protected ServerDevices() {
        devices = List.of();
        gpus = null;
    }

    @Inject
    public ServerDevices(Settings settings) {
        CudaDevices found = CudaDevices.probe(settings.devices().gpus());
        found.absence().ifPresent(reason -> LOG.info(() -> "no GPU is used: " + reason));
        int cpuDevices = settings.devices().cpuDevices().orElse(found.all().isEmpty() ? 1 : 0);
        gpus = found.beside(cpuDevices);
        devices = Stream.concat(
                        gpus.all().stream(),
                        CpuDevice.shares(
                                cpuDevices,
                                settings.devices().cpuThreads(),
                                settings.devices().cpuMemoryBytes(),
                                gpus.all().size())
                                .stream())
                .toList();
        devices.forEach(device -> LOG.info(() ->
                "device " + device.id() + " is " + device.title() + ", " + (device.memoryBytes() >> 20) + " MiB"));
    }

    @Override
    public List<Device> all() {
        return devices;
    }

    @Override
    public Map<DeviceId, DeviceUse> use() throws InterruptedException {
        return gpus.use();
    }
}
