package io.kiln.tomography;

import io.kiln.KilnVersion;
import io.kiln.pipeline.Completion;
import io.kiln.pipeline.PipelineName;
import io.kiln.pipeline.UnitRange;
import io.kiln.volume.Durable;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The metadata beside an output: everything that is needed to tell how it was made, and to make it again. */
final class RunRecord {
    private RunRecord() {}

    /** Writes it, whole or not at all. */
    static void write(Path file, PipelineName pipeline, TomographyPlan plan, Completion completion) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(aside);
                JsonWriter json = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                        .createWriter(out)) {
            json.write(json(pipeline, plan, completion));
        }
        Durable.rename(aside, file);
    }

    private static JsonObject json(PipelineName pipeline, TomographyPlan plan, Completion completion) {
        JsonArrayBuilder skipped = Json.createArrayBuilder();
        for (UnitRange range : completion.skipped()) {
            skipped.add(Json.createObjectBuilder().add("from", range.from()).add("to", range.to()));
        }
        return Json.createObjectBuilder()
                .add("pipeline", pipeline.value())
                .add("software", Json.createObjectBuilder().add("name", "Kiln").add("version", KilnVersion.current()))
                .add("run", completion.run())
                .add("incomplete", !completion.skipped().isEmpty())
                .add("skipped", skipped)
                .add("image", image(plan))
                .addAll(Json.createObjectBuilder(plan.json()))
                .build();
    }

    private static JsonObject image(TomographyPlan plan) {
        TomographyParameters parameters = plan.parameters();
        return Json.createObjectBuilder()
                .add("width", plan.width())
                .add("height", plan.width())
                .add("firstSlice", plan.firstSlice())
                .add("slices", plan.slices())
                .add("type", parameters.dtype().name().toLowerCase(Locale.ROOT))
                .add("unit", "1/px")
                .add("detectorPixelsPerPixel", parameters.pixelsPerBin())
                .add("columnOfAxisInSinogram", plan.binned(plan.center()))
                .build();
    }
}
