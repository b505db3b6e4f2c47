package io.kiln.worker;

import io.kiln.device.Device;
import io.kiln.worker.execution.WorkerDevices;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the devices. */
@Command(name = "devices", mixinStandardHelpOptions = true, description = "List this machine's devices, as JSON.")
final class DevicesCommand implements Callable<Integer> {
    @Mixin
    private Machine machine;

    @Override
    public Integer call() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        WorkerDevices devices = machine.devices();
        devices.absenceOfGpus().ifPresent(reason -> System.err.println("no GPU: " + reason));
        for (Device device : devices.all()) {
            list.add(Json.createObjectBuilder()
                    .add("id", device.id().value())
                    .add("title", device.title())
                    .add("memoryBytes", device.memoryBytes()));
        }
        System.out.println(JsonText.pretty(list.build()));
        return ExitStatus.COMPLETED.code();
    }
}
