package io.kiln.tomography;

import io.kiln.device.Device;
import io.kiln.device.DeviceId;
import io.kiln.device.cpu.CpuDevice;
import io.kiln.pipeline.Completion;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.PlanRequest;
import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a pipeline from input to completed work folder without a server, slab by slab. */
public final class PipelineTrial {
    static final String RUN = "6f0c8f9e-6b0a-4b52-9f44-0a5f3c6b7d11";

    private final Pipeline pipeline;
    private final Path input;
    private final Path workFolder;
    private final JsonObject parameters;
    final List<String> log = new ArrayList<>();
    private int threads = 2;
    private long memoryBytes = 512L << 20;
    // null: the processor
    private Device other;
    private Plan plan;

    public PipelineTrial(Pipeline pipeline, Path input, Path workFolder, String parameters) throws IOException {
        this.pipeline = pipeline;
        this.input = input;
        this.workFolder = Files.createDirectories(workFolder);
        this.parameters = pipeline.parameters()
                .resolve(Json.createReader(new StringReader(parameters)).readObject());
    }

    PipelineTrial on(int useThreads, long useMemoryBytes) {
        threads = useThreads;
        memoryBytes = useMemoryBytes;
        return this;
    }

    PipelineTrial on(Device useDevice) {
        other = useDevice;
        return this;
    }

    Plan plan() throws IOException, InterruptedException {
        return plan(List.of(device()));
    }

    /** @param devices that the plan is checked for */
    Plan plan(List<Device> devices) throws IOException, InterruptedException {
        plan = pipeline.plan(
                new PlanRequest(input, parameters, workFolder, devices, threads, memoryBytes, () -> false, log::add));
        return plan;
    }

    /** Plans, computes every unit in one lane and completes. */
    public PipelineTrial run() throws IOException, InterruptedException {
        plan();
        compute(new UnitRange(0, plan.units()));
        return complete(List.of());
    }

    /** Computes some units in a lane of their own, through all its slots in turn. */
    PipelineTrial compute(UnitRange units) throws IOException, InterruptedException {
        return open(work -> compute(work, units));
    }

    /** Something done with an open work. */
    interface Use {
        void with(SlabWork<?> work) throws IOException, InterruptedException;
    }

    PipelineTrial open(Use use) throws IOException, InterruptedException {
        try (SlabWork<?> work = pipeline.open(plan, input, workFolder, device())) {
            use.with(work);
        }
        return this;
    }

    int plannedUnits() {
        return plan.units();
    }

    private <S> void compute(SlabWork<S> work, UnitRange units) throws IOException, InterruptedException {
        List<S> slots = new ArrayList<>();
        for (int i = 0; i < work.slots(); i++) {
            slots.add(work.newSlot());
        }
        for (int from = units.from(); from < units.to(); from += work.slabUnits()) {
            S slot = slots.get(from / work.slabUnits() % slots.size());
            UnitRange slab = new UnitRange(from, Math.min(units.to(), from + work.slabUnits()));
            work.read(slab, slot);
            work.compute(slab, slot);
            work.awaitComputed(slab, slot);
            work.write(slab, slot);
            work.force(slab);
        }
    }

    PipelineTrial skip(UnitRange units) throws IOException, InterruptedException {
        return open(work -> {
            work.writeSkipped(units);
            work.force(units);
        });
    }

    PipelineTrial complete(List<UnitRange> skipped) throws IOException {
        return complete(skipped, pipeline.output(input, parameters));
    }

    /** @param output another name than the pipeline proposed */
    PipelineTrial complete(List<UnitRange> skipped, OutputName output) throws IOException {
        JsonObject run = Json.createObjectBuilder().add("id", RUN).build();
        pipeline.complete(plan, output, workFolder, new Completion(skipped, run));
        return this;
    }

    int slabUnits() throws IOException {
        try (SlabWork<?> work = pipeline.open(plan, input, workFolder, device())) {
            return work.slabUnits();
        }
    }

    private Device device() {
        return other != null ? other : new CpuDevice(new DeviceId("cpu0"), "processor", threads, memoryBytes, 1);
    }

    /** Names of the files in the work folder, in order. */
    List<String> files() throws IOException {
        try (var files = Files.list(workFolder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    public Path file(String name) {
        return workFolder.resolve(name);
    }

    JsonObject metadata(String name) throws IOException {
        try (var reader = Json.createReader(Files.newBufferedReader(file(name)))) {
            return reader.readObject();
        }
    }
}
