package io.kiln.worker;

import io.kiln.device.Device;
import io.kiln.device.Devices;
import io.kiln.device.cpu.CpuDevice;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Chooses devices by what the option {@code --devices} says. GPUs come first: where there is one, the processor is taken only by its name. */
final class DeviceSelection {
    private DeviceSelection() {}

    /**
     * @param wanted {@code all}, {@code cpu}, how many, or names separated by commas
     * @throws WorkerFailure when there are no such devices
     */
    static List<Device> of(String wanted, Devices devices) {
        List<Device> preferred = preferred(devices);
        if (wanted.equals("all")) {
            return preferred;
        }
        if (wanted.equals("cpu")) {
            return processors(devices);
        }
        return wanted.matches("[0-9]+") ? first(wanted, preferred) : named(wanted, devices);
    }

    private static List<Device> preferred(Devices devices) {
        List<Device> others = devices.all().stream()
                .filter(device -> !(device instanceof CpuDevice))
                .toList();
        return others.isEmpty() ? processors(devices) : others;
    }

    private static List<Device> processors(Devices devices) {
        return devices.all().stream().filter(CpuDevice.class::isInstance).toList();
    }

    private static List<Device> first(String count, List<Device> preferred) {
        if (count.length() > 4 || Integer.parseInt(count) < 1 || Integer.parseInt(count) > preferred.size()) {
            throw unknown(count, preferred);
        }
        return preferred.subList(0, Integer.parseInt(count));
    }

    private static List<Device> named(String names, Devices devices) {
        List<Device> named = Arrays.stream(names.split(",", -1))
                .distinct()
                .map(name -> devices.all().stream()
                        .filter(device -> device.id().value().equals(name))
                        .findFirst()
                        .orElseThrow(() -> unknown(name, devices.all())))
                .toList();
        if (named.stream().map(Object::getClass).distinct().count() > 1) {
            // why: on another kind of device the last bits of a result are others
            throw new WorkerFailure(
                    ExitStatus.USAGE, "--devices " + names + ": a run is computed on devices of one kind; choose one");
        }
        return named;
    }

    private static WorkerFailure unknown(String wanted, List<Device> devices) {
        return new WorkerFailure(
                ExitStatus.USAGE,
                "--devices " + wanted + ": there are "
                        + devices.stream().map(device -> device.id().value()).collect(Collectors.joining(", ")));
    }
}
