package io.kiln.server;

import io.kiln.device.Device;
import io.kiln.device.DeviceId;
import io.kiln.device.Devices;
import io.kiln.device.cpu.CpuDevice;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;

/** The processor's cores, shared out evenly among as many devices as the settings say. */
@ApplicationScoped
public class CpuDevices implements Devices {
    private final List<Device> devices;

    /** For the container's proxy only. */
    protected CpuDevices() {
        devices = List.of();
    }

    @Inject
    public CpuDevices(Settings settings) {
        devices = IntStream.range(0, settings.cpuDevices())
                .mapToObj(number -> device(number, settings))
                .toList();
    }

    private static Device device(int number, Settings settings) {
        int count = settings.cpuDevices();
        int threads = settings.cpuThreads() / count + (number < settings.cpuThreads() % count ? 1 : 0);
        String title = "processor, " + threads + (threads == 1 ? " thread" : " threads");
        return new CpuDevice(new DeviceId("cpu" + number), title, threads, settings.cpuMemoryBytes() / count);
    }

    @Override
    public List<Device> all() {
        return devices;
    }
}
