package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batch, automatic axis, try, full reconstruction: what a user does with a scan, through REST. */
final class Demonstration {
    private static final JsonObject NARROW = Json.createObjectBuilder()
            .add("centerSearchWidth", 5)
            .add("centerSearchStep", 0.5)
            .build();

    private final KilnClient client;
    private final PrintWriter out;

    Demonstration(KilnClient client, PrintWriter out) {
        this.client = client;
        this.out = out;
    }

    /** @param scan links resolved */
    void reconstruct(Path scan) throws IOException, InterruptedException {
        client.post("/api/roots", path(scan.getParent()));
        String batch = batch(scan);
        out.println("Scan " + scan + ", batch " + batch);
        JsonObject tried = run(batch, "tomo-try", NARROW);
        tellAxis(tried);
        JsonObject full = run(batch, "tomo-full", JsonValue.EMPTY_JSON_OBJECT);
        out.println();
        tellOutput("Pictures of the try, one for each axis", tried);
        tellOutput("Slices", full);
    }

    private static JsonObject path(Path folder) {
        return Json.createObjectBuilder().add("path", folder.toString()).build();
    }

    /** The batch of an earlier demonstration of the same scan, so that what is done is not done again; else a new one. */
    private String batch(Path scan) {
        String name = "demo " + scan;
        Optional<JsonObject> earlier = items(client.get("/api/batches?limit=500")).stream()
                .filter(batch -> batch.getString("name").equals(name))
                .findFirst();
        if (earlier.isPresent()) {
            return earlier.get().getString("id");
        }
        JsonObject wanted = Json.createObjectBuilder()
                .add("name", name)
                .add(
                        "items",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("input", scan.toString())))
                .build();
        return client.post("/api/batches", wanted).getString("id");
    }

    private JsonObject run(String batch, String pipeline, JsonObject parameters)
            throws IOException, InterruptedException {
        JsonObject order = Json.createObjectBuilder()
                .add("pipeline", pipeline)
                .add("parameters", parameters)
                .build();
        JsonObject queued = client.post("/api/batches/" + batch + "/runs", order);
        List<JsonObject> runs = items(queued);
        if (runs.isEmpty()) {
            return earlier(batch, pipeline, queued.getJsonArray("leftOut"));
        }
        return awaitCompleted(runs.get(0).getString("id"));
    }

    /** The run that has done the same already, or is doing it. */
    private JsonObject earlier(String batch, String pipeline, JsonArray leftOut)
            throws IOException, InterruptedException {
        String reason = leftOut.getJsonObject(0).getString("reason");
        out.println(pipeline + "  nothing to do: " + reason);
        String id = items(client.get("/api/runs", Map.of("batch", batch, "limit", "500"))).stream()
                .filter(run -> run.getString("pipeline").equals(pipeline) && reason.contains(run.getString("id")))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(reason))
                .getString("id");
        return awaitCompleted(id);
    }

    private JsonObject awaitCompleted(String run) throws IOException, InterruptedException {
        List<JsonObject> over = new RunWatch(client, RunReport.of(out)).await(new Watched.These(List.of(run)));
        RunWatch.requireCompleted(over);
        return over.get(0);
    }

    private void tellAxis(JsonObject run) {
        if (run.get("plan") instanceof JsonObject plan && plan.get("details") instanceof JsonObject details) {
            out.println("  axis of rotation: column " + Table.text(details.get("rotationAxis")));
            JsonObject findings = details.getJsonObject("findings");
            if (findings.get("rotationAxisSearch") instanceof JsonObject search) {
                out.println("  confidence: " + search.getString("confidence") + ", " + search.getString("reason"));
            }
        }
    }

    private void tellOutput(String what, JsonObject run) {
        Path output = Path.of(run.getString("output"));
        out.println(what + ": " + output);
        items(client.get("/api/runs/" + run.getString("id") + "/outputs?limit=500")).stream()
                .map(file -> file.getString("path"))
                .filter(path -> path.endsWith(".png"))
                .findFirst()
                .ifPresent(preview -> out.println("  preview: "
                        + (preview.equals("preview.png") ? output : output.getParent()).resolve(preview)));
        out.flush();
    }

    private static List<JsonObject> items(JsonObject list) {
        return list.getJsonArray("items").getValuesAs(JsonObject.class);
    }
}
