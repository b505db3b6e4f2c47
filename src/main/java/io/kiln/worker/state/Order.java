package io.kiln.worker.state;

import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.PipelineName;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a worker: a command that asks for the same goes on with the same run.
 *
 * @param input absolute
 * @param parameters resolved
 * @param outputFolder absolute
 * @param output relative to it
 * @param scratch absolute; the work folder is beside the output where there is none
 * @param replaceForeign true where an output that Kiln did not make may be replaced
 */
public record Order(
        PipelineName pipeline,
        Path input,
        InputIdentity inputIdentity,
        JsonObject parameters,
        Path outputFolder,
        OutputName output,
        Optional<Path> scratch,
        boolean replaceForeign) {
    private static final String WORK_FOLDER_PREFIX = ".kiln-";

    public Placement placement(RunId run) {
        Path folder = scratch.orElse(target().getParent());
        return new Placement(folder.resolve(WORK_FOLDER_PREFIX + run), outputFolder, output, replaceForeign);
    }

    /** The folder or file that will be the output. */
    public Path target() {
        return outputFolder.resolve(output.path());
    }

    /** What this asks for otherwise than {@code other}, as sentences with both values; none where both ask for the same. */
    public List<String> differences(Order other) {
        List<String> differences = new ArrayList<>();
        compare(differences, "the pipeline", pipeline, other.pipeline);
        compare(differences, "the input", input, other.input);
        compare(differences, "the input's content", inputIdentity.input(), other.inputIdentity.input());
        compare(differences, "the output", target(), other.target());
        compare(differences, "the scratch folder", text(scratch), text(other.scratch));
        compare(
                differences,
                "the content of the files that parameters name",
                inputIdentity.parameterFiles(),
                other.inputIdentity.parameterFiles());
        for (String name : parameters.keySet()) {
            compare(differences, name, parameters.get(name), other.parameters.getOrDefault(name, JsonValue.NULL));
        }
        other.parameters.keySet().stream()
                .filter(name -> !parameters.containsKey(name))
                .forEach(name -> compare(differences, name, "unknown", other.parameters.get(name)));
        return differences;
    }

    private static void compare(List<String> differences, String what, Object here, Object there) {
        if (!here.equals(there)) {
            differences.add(what + " is " + here + " and was " + there);
        }
    }

    private static String text(Optional<Path> folder) {
        return folder.map(Path::toString).orElse("none");
    }

    JsonObject json() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("pipeline", pipeline.value())
                .add("input", input.toString())
                .add("inputIdentity", inputIdentity.input().json())
                .add("parameterFiles", inputIdentity.parameterFilesJson())
                .add("parameters", parameters)
                .add("outputFolder", outputFolder.toString())
                .add("output", output.path())
                .add("outputForm", output.form().name());
        scratch.ifPresent(folder -> json.add("scratch", folder.toString()));
        return json.add("replaceForeign", replaceForeign).build();
    }

    static Order read(JsonObject json) {
        return new Order(
                new PipelineName(json.getString("pipeline")),
                Path.of(json.getString("input")),
                InputIdentity.of(
                        FileIdentity.of(json.getJsonObject("inputIdentity")), json.getJsonObject("parameterFiles")),
                json.getJsonObject("parameters"),
                Path.of(json.getString("outputFolder")),
                new OutputName(json.getString("output"), OutputName.Form.valueOf(json.getString("outputForm"))),
                Optional.ofNullable(json.getString("scratch", null)).map(Path::of),
                json.getBoolean("replaceForeign"));
    }
}
