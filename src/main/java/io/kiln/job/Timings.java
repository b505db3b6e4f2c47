package io.kiln.job;

import io.kiln.device.DeviceId;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one execution took its time for until now. Thread-safe. */
final class Timings {
    private final long startNanos = System.nanoTime();
    private final Map<Lane<?>, DeviceId> working = new LinkedHashMap<>();
    private final List<JsonObject> endedLanes = new ArrayList<>();
    private StageSeconds ended = StageSeconds.NONE;
    private double inspectSeconds;

    synchronized void inspected(double seconds) {
        inspectSeconds = seconds;
    }

    synchronized void begins(DeviceId device, Lane<?> lane) {
        working.put(lane, device);
    }

    /** The lane's threads have ended. */
    synchronized void ends(Lane<?> lane) {
        endedLanes.add(json(working.remove(lane), lane));
        ended = ended.plus(lane.seconds());
    }

    /** What the stages of all lanes were busy until now. */
    synchronized StageSeconds busy() {
        return working.keySet().stream().map(Lane::seconds).reduce(ended, StageSeconds::plus);
    }

    synchronized JsonObject json() {
        JsonArrayBuilder lanes = Json.createArrayBuilder(endedLanes);
        working.forEach((lane, device) -> lanes.add(json(device, lane)));
        return Json.createObjectBuilder()
                .add("elapsedSeconds", rounded((System.nanoTime() - startNanos) / 1e9))
                .add("inspectSeconds", rounded(inspectSeconds))
                .add("lanes", lanes)
                .build();
    }

    private static JsonObject json(DeviceId device, Lane<?> lane) {
        StageSeconds busy = lane.seconds();
        return Json.createObjectBuilder()
                .add("device", device.value())
                .add("units", lane.settledUnits())
                .addAll(busy.json("Seconds"))
                .build();
    }

    /** To milliseconds. */
    static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
