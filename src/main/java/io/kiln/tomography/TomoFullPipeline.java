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

/** Reconstructs every selected slice of a scan. */
@ApplicationScoped
public class TomoFullPipeline implements Pipeline {
    private static final PipelineName NAME = new PipelineName("tomo-full");
    private static final ParameterRecord<TomographyParameters> PARAMETERS = ParameterRecord.of(
                    TomographyParameters.class)
            .withoutEffectOf("nsino", "centerSearchWidth", "centerSearchStep");

    @Override
    public PipelineName name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Every slice of a scan, by filtered backprojection at one centre of rotation.";
    }

    @Override
    public boolean isTry() {
        return false;
    }

    @Override
    public ParameterRecord<TomographyParameters> parameters() {
        return PARAMETERS;
    }

    @Override
    public OutputName output(Path input, JsonObject parameters) {
        return PARAMETERS.read(parameters).saveFormat() == SaveFormat.H5
                ? new OutputName(OutputImages.hdf5Name(input), OutputName.Form.FILE)
                : new OutputName(OutputImages.stem(input) + "_rec", OutputName.Form.FOLDER);
    }

    @Override
    public Plan plan(PlanRequest request) throws IOException, InterruptedException {
        return TomographyRuns.plan(request, PARAMETERS.read(request.parameters()), false);
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
