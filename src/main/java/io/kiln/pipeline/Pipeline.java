package io.kiln.pipeline;

import io.kiln.device.Device;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;

/** What is done to an item. Implementations are CDI beans, stateless and thread-safe, and know nothing of REST, WildFly or schedulers. */
public interface Pipeline {
    PipelineName name();

    /** One sentence for people who choose a pipeline. */
    String description();

    /** True for a quick look that is preferred to full runs of the same priority. */
    boolean isTry();

    ParameterRecord<?> parameters();

    /** Where the output of this input goes, known without opening it. */
    OutputName output(Path input, JsonObject parameters);

    /**
     * Opens and checks the input, resolves what is automatic and prepares the work folder. Repeatable: it may find a work folder that an earlier, dead
     * attempt began.
     *
     * @throws InputRejectedException when this input cannot be processed with these parameters
     */
    Plan plan(PlanRequest request) throws IOException, InterruptedException;

    /** Prepares the work of one lane. The work folder may hold units that are done; they are left alone. */
    SlabWork<?> open(Plan plan, Path input, Path workFolder, Device device) throws IOException;

    /**
     * Writes preview and metadata into the work folder, once every unit is settled, and removes from it what is not output. Afterwards the work folder
     * holds exactly what is published: for a file output the file, its metadata and its preview, each by the file name that {@link OutputName} gives; for a
     * folder output the folder's content. Repeatable: an earlier, dead attempt may have done it wholly or in part.
     */
    void complete(Plan plan, OutputName output, Path workFolder, Completion completion) throws IOException;
}
