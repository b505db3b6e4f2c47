package io.kiln.tomography;

import static io.kiln.tomography.CenterChoice.AUTO;
import static io.kiln.tomography.CenterChoice.MANUAL;

import io.kiln.KilnVersion;
import io.kiln.pipeline.Completion;
import io.kiln.pipeline.PipelineName;
import io.kiln.volume.Durable;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
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
        JsonObjectBuilder record = Json.createObjectBuilder()
                .add("pipeline", pipeline.value())
                .add("software", Json.createObjectBuilder().add("name", "Kiln").add("version", KilnVersion.current()))
                .add("run", completion.run())
                .add("incomplete", !completion.skipped().isEmpty())
                .add("skipped", skipped(plan, completion))
                .add("image", image(plan))
                .addAll(Json.createObjectBuilder(plan.json()))
                .add("parameters", resolved(plan));
        if (plan.isTry()) {
            record.add("images", images(plan));
        }
        return record.build();
    }

    /** Every parameter, and where none was given what was taken for it, so that this one can be made again whatever is default then. */
    private static JsonObjectBuilder resolved(TomographyPlan plan) {
        TomographyParameters parameters = plan.parameters();
        JsonObjectBuilder taken = Json.createObjectBuilder()
                .add(
                        "rotationAxisAuto",
                        (parameters.findsCenter() ? AUTO : MANUAL).name().toLowerCase(Locale.ROOT))
                .add("endRow", plan.findings().get("rows"))
                .add("endColumn", plan.findings().get("columns"))
                .add("endProj", plan.findings().get("projections"))
                .add(
                        "padding",
                        TomographyPlan.filtering(parameters, plan.width()).padding());
        if (!plan.isTry()) {
            taken.add("previewSlice", plan.firstSlice() + plan.slices() / 2);
        }
        JsonObjectBuilder resolved = Json.createObjectBuilder(plan.resolved());
        taken.build().forEach((name, value) -> {
            if (plan.resolved().get(name) == JsonValue.NULL) {
                resolved.add(name, value);
            }
        });
        return resolved;
    }

    /** Slices by the numbers that the files have, images of a try by their place among {@code images}; ends are exclusive. */
    private static JsonArray skipped(TomographyPlan plan, Completion completion) {
        return SliceRanges.json(completion.skipped(), plan.isTry() ? 0 : plan.firstSlice());
    }

    /** What each file of a try shows. */
    private static JsonArrayBuilder images(TomographyPlan plan) {
        JsonArrayBuilder images = Json.createArrayBuilder();
        for (int unit = 0; unit < plan.units(); unit++) {
            TryImage image = plan.images().get(unit);
            images.add(Json.createObjectBuilder()
                    .add("file", OutputImages.tryName(plan, unit))
                    .add("slice", plan.firstSlice() + image.slice())
                    .add("rotationAxis", image.center()));
        }
        return images;
    }

    private static JsonObject image(TomographyPlan plan) {
        TomographyParameters parameters = plan.parameters();
        int[] slices =
                plan.unitImages().stream().mapToInt(TryImage::slice).distinct().toArray();
        return Json.createObjectBuilder()
                .add("width", plan.width())
                .add("height", plan.width())
                .add("firstSlice", plan.firstSlice() + slices[0])
                .add("slices", slices.length)
                .add("type", parameters.dtype().name().toLowerCase(Locale.ROOT))
                .add("unit", "1/px")
                .add("detectorPixelsPerPixel", parameters.pixelsPerBin())
                .add("columnOfAxisInSinogram", plan.binned(plan.center()))
                .build();
    }
}
