package io.kiln.cli.remote;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a laboratory is at. */
@Command(
        name = "overview",
        description =
                "Show what the devices do, what waits and why, what waits for somebody, and how full the disks are.")
public final class OverviewCommand implements Runnable {
    @Mixin
    private Remote remote;

    @Override
    public void run() {
        JsonObject overview = remote.client().get("/api/overview", Map.of("hours", "1"));
        if (remote.isJson()) {
            remote.out().println(overview);
            return;
        }
        JsonObject queue = overview.getJsonObject("queue");
        table("Devices", devices(overview), "node", "device", "title", "item", "pipeline", "run");
        table("Queue: " + queue.getInt("length"), queue.getJsonArray("reasons"), "runs", "reason");
        JsonObject failures = overview.getJsonObject("failures");
        table("Failed: " + failures.getInt("count"), named(failures), "since", "item", "pipeline", "run", "reason");
        JsonObject stalled = overview.getJsonObject("stalled");
        table("Stalled: " + stalled.getInt("count"), named(stalled), "since", "item", "pipeline", "run");
        table("Disks", overview.getJsonArray("disks"), "path", "kind", "freeBytes", "totalBytes", "reserveBytes");
    }

    private void table(String title, JsonArray rows, String... members) {
        remote.out().println(title);
        if (!rows.isEmpty()) {
            Table.of(rows, members).print(remote.out());
        }
        remote.out().println();
    }

    private static JsonArray devices(JsonObject overview) {
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (JsonObject node : overview.getJsonArray("nodes").getValuesAs(JsonObject.class)) {
            for (JsonObject lane : node.getJsonArray("devices").getValuesAs(JsonObject.class)) {
                JsonObject device = lane.getJsonObject("device");
                JsonObject present = lane.getJsonArray("bars").getValuesAs(JsonObject.class).stream()
                        .filter(bar -> bar.isNull("to"))
                        .findFirst()
                        .map(bar -> row(bar.getJsonObject("run")))
                        .orElse(JsonValue.EMPTY_JSON_OBJECT);
                rows.add(Json.createObjectBuilder(present)
                        .add("node", node.getString("name"))
                        .add("device", device.getString("id"))
                        .add("title", device.getString("title")));
            }
        }
        return rows.build();
    }

    private static JsonArray named(JsonObject waiting) {
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (JsonObject one : waiting.getJsonArray("newest").getValuesAs(JsonObject.class)) {
            rows.add(Json.createObjectBuilder(row(one.getJsonObject("run")))
                    .add("since", one.get("since"))
                    .add("reason", one.get("reason")));
        }
        return rows.build();
    }

    private static JsonObject row(JsonObject run) {
        return Json.createObjectBuilder()
                .add("item", run.get("itemName"))
                .add("pipeline", run.get("pipeline"))
                .add("run", run.get("id"))
                .build();
    }
}
