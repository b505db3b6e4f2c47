package io.kiln.tomography;

import io.kiln.device.Device;
import io.kiln.pipeline.Completion;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.ParameterRecord;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.PipelineName;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.PlanRequest;
import io.kiln.pipeline.SlabWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;

/** Tries centres of rotation: each chosen slice at each centre of a range. */
@ApplicationScoped
public class TomoTryPipeline implements Pipeline {
    private static final PipelineName NAME = new PipelineName("tomo-try");
    private static final ParameterRecord<TomographyParameters> PARAMETERS =
            ParameterRecord.of(TomographyParameters.class).withoutEffectOf("previewSlice", "saveFormat");

    @Override
    public PipelineName name() {
        return NAME;
    }

    @Override
    public String description() {
        return "A few slices at a range of centres of rotation, to see which one is right.";
    }

    @Override
    public boolean isTry() {
        return true;
    }

    @Override
    public ParameterRecord<TomographyParameters> parameters() {
        return PARAMETERS;
    }

    @Override
    public OutputName output(Path input, JsonObject parameters) {
        return new OutputName("try_center/" + OutputImages.stem(input), OutputName.Form.FOLDER);
    }

    @Override
    public Plan plan(PlanRequest request) throws IOException, InterruptedException {
        return TomographyRuns.plan(request, PARAMETERS.read(request.parameters()), true);
    }

    @Override
    public SlabWork<?> open(Plan plan, Path input, Path workFolder, Device device) throws IOException {
        return TomographyRuns.open(plan, input, workFolder, device);
    }

    @Override
    public void complete(Plan plan, OutputName output, Path workFolder, Completion completion) throws IOException {
        TomographyRuns.complete(NAME, plan, output, workFolder, completion);
    }
}
