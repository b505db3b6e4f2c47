package io.kiln.worker.bench;

import io.kiln.KilnVersion;
import io.kiln.device.Device;
import io.kiln.job.DurableFiles;
import io.kiln.pipeline.Pipeline;
import io.kiln.worker.execution.Container;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** All measurements of one call: told line by line as they are made, and returned together. */
public final class Bench {
    private final Container container;
    private final Pipeline pipeline;
    private final List<Device> devices;
    private final Path folder;
    private final PrintStream table;

    /** @param folder for scans and outputs; scans stay there, outputs do not */
    public Bench(Container container, Pipeline pipeline, List<Device> devices, Path folder, PrintStream table) {
        this.container = container;
        this.pipeline = pipeline;
        this.devices = devices;
        this.folder = folder;
        this.table = table;
    }

    public JsonObject measure(List<ScanSize> sizes, List<String> algorithms) throws IOException, InterruptedException {
        JsonObjectBuilder result = Json.createObjectBuilder()
                .add("kiln", KilnVersion.current())
                .add("java", Runtime.version().toString())
                .add("processors", Runtime.getRuntime().availableProcessors())
                .add("devices", devices());
        JsonArrayBuilder measurements = Json.createArrayBuilder();
        table.printf("%-20s %-11s %14s %14s %14s%n", "size", "algorithm", "ms/slice best", "ms/slice median", "run s");
        for (ScanSize size : sizes) {
            for (String algorithm : algorithms) {
                measurements.add(measure(size, algorithm));
            }
        }
        return result.add("measurements", measurements).build();
    }

    private JsonArrayBuilder devices() throws InterruptedException {
        JsonArrayBuilder list = Json.createArrayBuilder();
        for (Device device : devices) {
            double bytes = CopyBandwidth.bytesPerSecond(device);
            table.printf(Locale.ROOT, "%s: %s, copies %.1f GB/s%n", device.id(), device.title(), bytes / 1e9);
            list.add(Json.createObjectBuilder()
                    .add("id", device.id().value())
                    .add("title", device.title())
                    .add("copyBytesPerSecond", Math.round(bytes)));
        }
        return list;
    }

    private JsonObjectBuilder measure(ScanSize size, String algorithm) throws IOException, InterruptedException {
        Path scan = size.scan(folder);
        JsonObject parameters = pipeline.parameters()
                .resolve(Json.createObjectBuilder()
                        .add("reconstructionAlgorithm", algorithm)
                        .add("rotationAxis", size.center())
                        .build());
        Path place = Files.createTempDirectory(folder, "bench");
        try {
            ComputingAlone.Result alone =
                    ComputingAlone.measure(pipeline, scan, parameters, place.resolve("alone"), devices.get(0));
            WholeRun.Result whole =
                    WholeRun.measure(container, pipeline, scan, parameters, place.resolve("whole"), devices);
            table.printf(
                    Locale.ROOT,
                    "%-20s %-11s %14.2f %14.2f %14.2f%n",
                    size,
                    algorithm,
                    alone.bestSeconds() * 1000,
                    alone.medianSeconds() * 1000,
                    whole.seconds());
            return json(size, algorithm, alone, whole);
        } finally {
            new DurableFiles().delete(place);
        }
    }

    private static JsonObjectBuilder json(
            ScanSize size, String algorithm, ComputingAlone.Result alone, WholeRun.Result whole) {
        return Json.createObjectBuilder()
                .add("projections", size.projections())
                .add("columns", size.columns())
                .add("rows", size.rows())
                .add("algorithm", algorithm)
                .add(
                        "computingAlone",
                        Json.createObjectBuilder()
                                .add("slabUnits", alone.slabUnits())
                                .add("slabs", alone.slabs())
                                .add("bestSecondsPerSlice", alone.bestSeconds())
                                .add("medianSecondsPerSlice", alone.medianSeconds()))
                .add(
                        "wholeRun",
                        Json.createObjectBuilder()
                                .add("seconds", whole.seconds())
                                .add("readSeconds", whole.stages().read())
                                .add("computeSeconds", whole.stages().compute())
                                .add("writeSeconds", whole.stages().write()));
    }
}
