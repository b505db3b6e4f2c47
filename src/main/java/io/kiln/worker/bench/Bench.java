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
    private double copyBytesPerSecond;

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
            copyBytesPerSecond = device == devices.get(0) ? bytes : copyBytesPerSecond;
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
            List<KernelFigures> kernels = alone.kernels().entrySet().stream()
                    .map(each -> new KernelFigures(each.getKey(), each.getValue(), alone.units(), copyBytesPerSecond))
                    .toList();
            print(size, algorithm, alone, whole, kernels);
            return json(size, algorithm, alone, whole, kernels);
        } finally {
            new DurableFiles().delete(place);
        }
    }

    private void print(
            ScanSize size,
            String algorithm,
            ComputingAlone.Result alone,
            WholeRun.Result whole,
            List<KernelFigures> kernels) {
        table.printf(
                Locale.ROOT,
                "%-20s %-11s %14.2f %14.2f %14.2f%n",
                size,
                algorithm,
                alone.bestSeconds() * 1000,
                alone.medianSeconds() * 1000,
                whole.seconds());
        alone.device()
                .ifPresent(busy -> table.printf(
                        Locale.ROOT,
                        "  copying to the device %.4f ms/slice, kernels %.4f ms/slice, copying back %.4f ms/slice%n",
                        busy.upload() * 1000 / alone.units(),
                        busy.compute() * 1000 / alone.units(),
                        busy.download() * 1000 / alone.units()));
        kernels.forEach(kernel -> table.println(kernel.row()));
    }

    private static JsonObjectBuilder json(
            ScanSize size,
            String algorithm,
            ComputingAlone.Result alone,
            WholeRun.Result whole,
            List<KernelFigures> kernels) {
        return Json.createObjectBuilder()
                .add("projections", size.projections())
                .add("columns", size.columns())
                .add("rows", size.rows())
                .add("algorithm", algorithm)
                .add("computingAlone", json(alone, kernels))
                .add(
                        "wholeRun",
                        Json.createObjectBuilder()
                                .add("seconds", whole.seconds())
                                .addAll(whole.stages().json("Seconds")));
    }

    private static JsonObjectBuilder json(ComputingAlone.Result alone, List<KernelFigures> kernels) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("slabUnits", alone.slabUnits())
                .add("slabs", alone.slabs())
                .add("bestSecondsPerSlice", alone.bestSeconds())
                .add("medianSecondsPerSlice", alone.medianSeconds());
        alone.device()
                .ifPresent(busy -> json.add("uploadSecondsPerSlice", busy.upload() / alone.units())
                        .add("computeSecondsPerSlice", busy.compute() / alone.units())
                        .add("downloadSecondsPerSlice", busy.download() / alone.units()));
        if (!kernels.isEmpty()) {
            JsonArrayBuilder list = Json.createArrayBuilder();
            kernels.forEach(kernel -> list.add(kernel.json()));
            json.add("kernels", list);
        }
        return json;
    }
}
