package io.kiln.job;

import io.kiln.device.DeviceId;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What one execution took its time for. Earlier executions of the run are not in it: what they computed was computed then. Thread-safe. */
final class Timings {
    private final long startNanos = System.nanoTime();
    private final List<JsonObject> lanes = new ArrayList<>();
    private double inspectSeconds;

    synchronized void inspected(double seconds) {
        inspectSeconds = seconds;
    }

    /**
     * @param units settled by the lane
     * @param busy how long each of its threads worked
     */
    synchronized void lane(DeviceId device, int units, StageSeconds busy) {
        lanes.add(Json.createObjectBuilder()
                .add("device", device.value())
                .add("units", units)
                .add("readSeconds", rounded(busy.read()))
                .add("computeSeconds", rounded(busy.compute()))
                .add("writeSeconds", rounded(busy.write()))
                .build());
    }

    /**
     * For the metadata of the result.
     *
     * @param bytesPerUnit of output
     */
    synchronized JsonObject json(double bytesPerUnit) {
        JsonArrayBuilder laneArray = Json.createArrayBuilder();
        for (JsonObject lane : lanes) {
            laneArray.add(
                    Json.createObjectBuilder(lane).add("outputBytes", Math.round(lane.getInt("units") * bytesPerUnit)));
        }
        return Json.createObjectBuilder()
                .add("elapsedSeconds", rounded((System.nanoTime() - startNanos) / 1e9))
                .add("inspectSeconds", rounded(inspectSeconds))
                .add("lanes", laneArray)
                .build();
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
