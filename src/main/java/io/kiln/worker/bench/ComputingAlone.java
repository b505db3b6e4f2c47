package io.kiln.worker.bench;

import io.kiln.device.Device;
import io.kiln.device.cuda.CudaDevice;
import io.kiln.device.cuda.KernelTime;
import io.kiln.device.cuda.LaunchClock;
import io.kiln.pipeline.DeviceSeconds;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.PlanRequest;
import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a device takes for its part alone: slabs that are in memory are copied there, computed and copied back, and nothing else runs meanwhile. */
final class ComputingAlone {
    private static final int LEAST_SLABS = 5;
    private static final double LEAST_SECONDS = 2;

    private ComputingAlone() {}

    /**
     * @param slabUnits units that were computed at once
     * @param slabs how many were computed, after a first one that does not count
     * @param bestSeconds of the fastest slab, for one unit
     * @param medianSeconds of all slabs, for one unit
     * @param units of all slabs together
     * @param device what the device was busy with all slabs; empty for the processor
     * @param kernels what it launched for all slabs, by name; none for the processor
     */
    record Result(
            int slabUnits,
            int slabs,
            double bestSeconds,
            double medianSeconds,
            int units,
            Optional<DeviceSeconds> device,
            SortedMap<String, KernelTime> kernels) {}

    static Result measure(Pipeline pipeline, Path input, JsonObject parameters, Path workFolder, Device device)
            throws IOException, InterruptedException {
        Files.createDirectories(workFolder);
        LaunchClock clock = new LaunchClock();
        Device timed = device instanceof CudaDevice gpu ? gpu.timedBy(clock) : device;
        Plan plan = pipeline.plan(request(input, parameters, workFolder, timed));
        try (SlabWork<?> work = pipeline.open(plan, input, workFolder, timed)) {
            return measure(work, plan, clock);
        }
    }

    private static PlanRequest request(Path input, JsonObject parameters, Path workFolder, Device device) {
        return new PlanRequest(
                input,
                parameters,
                workFolder,
                List.of(device),
                Runtime.getRuntime().availableProcessors(),
                device.memoryBytes(),
                () -> false,
                sentence -> {});
    }

    private static <S> Result measure(SlabWork<S> work, Plan plan, LaunchClock clock)
            throws IOException, InterruptedException {
        S slot = work.newSlot();
        List<Double> seconds = new ArrayList<>();
        SortedMap<String, KernelTime> kernels = new TreeMap<>();
        Optional<DeviceSeconds> first = Optional.empty();
        int computed = 0;
        double total = 0;
        for (int slab = 0; slab <= LEAST_SLABS || total < LEAST_SECONDS; slab++) {
            UnitRange units = slab(slab, work.slabUnits(), plan.units());
            // read again each time: computing may spoil the input
            work.read(units, slot);
            long start = System.nanoTime();
            work.compute(units, slot);
            work.awaitComputed(units, slot);
            double taken = (System.nanoTime() - start) / 1e9;
            SortedMap<String, KernelTime> launched = clock.take();
            if (slab == 0) {
                first = work.deviceSeconds();
            } else {
                seconds.add(taken / units.count());
                total += taken;
                computed += units.count();
                launched.forEach((kernel, time) -> kernels.merge(kernel, time, KernelTime::plus));
            }
        }
        Collections.sort(seconds);
        return new Result(
                work.slabUnits(),
                seconds.size(),
                seconds.get(0),
                seconds.get(seconds.size() / 2),
                computed,
                since(first, work.deviceSeconds()),
                kernels);
    }

    private static Optional<DeviceSeconds> since(Optional<DeviceSeconds> earlier, Optional<DeviceSeconds> now) {
        return earlier.flatMap(before -> now.map(after -> after.minus(before)));
    }

    /** Slabs of a plan in turn, whole ones where there are any. */
    private static UnitRange slab(int number, int slabUnits, int units) {
        int whole = Math.max(1, units / slabUnits);
        int from = number % whole * slabUnits;
        return new UnitRange(from, Math.min(units, from + slabUnits));
    }
}
