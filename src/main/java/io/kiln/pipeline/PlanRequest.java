package io.kiln.pipeline;

import io.kiln.device.Device;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a pipeline is given to inspect an input.
 *
 * @param input the item's file, absolute
 * @param parameters resolved and valid by the pipeline's {@link ParameterRecord}
 * @param workFolder the run's own folder, existing and writable; what is put there (a decompressed copy of the input, say) lives until the run is published
 * @param devices what the run is to be computed on: one that it does not fit is a reason to reject it
 * @param threads how many threads the inspection may use
 * @param memoryBytes how much memory it may take
 * @param stopRequested asked now and then; once true the inspection ends early with a {@link java.util.concurrent.CancellationException}
 * @param log takes sentences for the run's log
 */
public record PlanRequest(
        Path input,
        JsonObject parameters,
        Path workFolder,
        List<Device> devices,
        int threads,
        long memoryBytes,
        BooleanSupplier stopRequested,
        Consumer<String> log) {}
