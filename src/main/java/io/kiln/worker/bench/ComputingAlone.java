package io.kiln.worker.bench;

import io.kiln.device.Device;
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

/** What a device takes for its part alone: slabs that are in memory are computed there, and nothing else runs meanwhile. */
final class ComputingAlone {
    private static final int LEAST_SLABS = 5;
    private static final double LEAST_SECONDS = 2;

    private ComputingAlone() {}

    /**
     * @param slabUnits units that were computed at once
     * @param slabs how many were computed, after a first one that does not count
     * @param bestSeconds of the fastest slab, for one unit
     * @param medianSeconds of all slabs, for one unit
     */
    record Result(int slabUnits, int slabs, double bestSeconds, double medianSeconds) {}

    static Result measure(Pipeline pipeline, Path input, JsonObject parameters, Path workFolder, Device device)
            throws IOException, InterruptedException {
        Files.createDirectories(workFolder);
        Plan plan = pipeline.plan(request(input, parameters, workFolder, device));
        try (SlabWork<?> work = pipeline.open(plan, input, workFolder, device)) {
            return measure(work, plan);
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

    private static <S> Result measure(SlabWork<S> work, Plan plan) throws IOException, InterruptedException {
        S slot = work.newSlot();
        List<Double> seconds = new ArrayList<>();
        double total = 0;
        for (int slab = 0; slab <= LEAST_SLABS || total < LEAST_SECONDS; slab++) {
            UnitRange units = slab(slab, work.slabUnits(), plan.units());
            // read again each time: computing may spoil the input
            work.read(units, slot);
            long start = System.nanoTime();
            work.compute(units, slot);
            double taken = (System.nanoTime() - start) / 1e9;
            if (slab > 0) {
                seconds.add(taken / units.count());
                total += taken;
            }
        }
        Collections.sort(seconds);
        return new Result(work.slabUnits(), seconds.size(), seconds.get(0), seconds.get(seconds.size() / 2));
    }

    /** Slabs of a plan in turn, whole ones where there are any. */
    private static UnitRange slab(int number, int slabUnits, int units) {
        int whole = Math.max(1, units / slabUnits);
        int from = number % whole * slabUnits;
        return new UnitRange(from, Math.min(units, from + slabUnits));
    }
}
