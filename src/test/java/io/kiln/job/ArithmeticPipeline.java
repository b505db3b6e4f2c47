package io.kiln.job;

import io.kiln.device.Device;
import io.kiln.pipeline.Completion;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.Parameter;
import io.kiln.pipeline.ParameterRecord;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.PipelineName;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.PlanRequest;
import io.kiln.pipeline.SlabWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/** A pipeline whose every number is known: {@link ArithmeticWork} into a folder. A test in the same process says what happens in it. */
@ApplicationScoped
public class ArithmeticPipeline implements Pipeline {
    static final PipelineName NAME = new PipelineName("arithmetic");
    static final String FILE = "numbers";
    private static final ParameterRecord<Parameters> PARAMETERS = ParameterRecord.of(Parameters.class);

    /** What happens in every slab. */
    static volatile ArithmeticWork.Event event = ArithmeticWork.nothing();

    /** Called when an input is inspected. */
    static volatile Runnable planning = () -> {};

    /** Called when a run is completed; may throw. */
    static volatile Runnable completing = () -> {};

    /** Every lane's work since the last {@link #reset}. */
    static final List<ArithmeticWork> WORKS = new CopyOnWriteArrayList<>();

    /** How many plans were made since then. */
    static final List<Plan> PLANS = new CopyOnWriteArrayList<>();

    /**
     * @param units how many numbers there are
     * @param slabUnits how many of them are one slab
     * @param otherFile stands for what belongs to the input beside the item's file
     */
    public record Parameters(
            @Parameter(description = "How many numbers", standard = "60", minimum = 1)
            int units,

            @Parameter(description = "Numbers in a slab", standard = "2", minimum = 1, significant = false)
            int slabUnits,

            @Parameter(description = "A file beside the input", standard = "null", file = true)
            String otherFile) {}

    static void reset() {
        event = ArithmeticWork.nothing();
        planning = () -> {};
        completing = () -> {};
        WORKS.clear();
        PLANS.clear();
    }

    /** How often slabs of any lane were computed. */
    static IntSupplier computations() {
        return () -> WORKS.stream().mapToInt(work -> work.computed.size()).sum();
    }

    @Override
    public PipelineName name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Computes numbers that are known.";
    }

    @Override
    public boolean isTry() {
        return false;
    }

    @Override
    public ParameterRecord<?> parameters() {
        return PARAMETERS;
    }

    @Override
    public OutputName output(Path input, JsonObject parameters) {
        return new OutputName(input.getFileName() + "_rec", OutputName.Form.FOLDER);
    }

    @Override
    public Plan plan(PlanRequest request) throws IOException {
        if (Files.size(request.input()) == 0) {
            throw new InputRejectedException(request.input() + " is empty: there is nothing to compute from");
        }
        planning.run();
        Parameters parameters = PARAMETERS.read(request.parameters());
        Plan plan = new Plan(
                parameters.units(),
                parameters.slabUnits(),
                "number",
                (long) parameters.units() * Long.BYTES,
                request.parameters());
        PLANS.add(plan);
        return plan;
    }

    @Override
    public SlabWork<?> open(Plan plan, Path input, Path workFolder, Device device) throws IOException {
        int slabUnits = PARAMETERS.read(plan.details()).slabUnits();
        ArithmeticWork work =
                new ArithmeticWork(workFolder.resolve(FILE), slabUnits, 3, (step, units) -> event.at(step, units));
        WORKS.add(work);
        return work;
    }

    @Override
    public void complete(Plan plan, OutputName output, Path workFolder, Completion completion) throws IOException {
        completing.run();
        JsonObject metadata = Json.createObjectBuilder()
                .add("run", completion.run())
                .add("skipped", UnitRanges.count(completion.skipped()))
                .build();
        Files.writeString(workFolder.resolve("recon.json"), metadata.toString());
    }
}
