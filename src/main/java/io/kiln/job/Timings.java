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
    private final List<Lane<?>> working = new ArrayList<>();
    private final List<JsonObject> lanes = new ArrayList<>();
    private StageSeconds ended = StageSeconds.NONE;
    private double inspectSeconds;

    synchronized void inspected(double seconds) {
        inspectSeconds = seconds;
    }

    synchronized void begins(Lane<?> lane) {
        working.add(lane);
    }

    /** The lane's threads have ended. */
    synchronized void ends(DeviceId device, Lane<?> lane) {
        StageSeconds busy = lane.seconds();
        working.remove(lane);
        ended = ended.plus(busy);
        lanes.add(Json.createObjectBuilder()
                .add("device", device.value())
                .add("units", lane.settledUnits())
                .add("readSeconds", rounded(busy.read()))
                .add("computeSeconds", rounded(busy.compute()))
                .add("writeSeconds", rounded(busy.write()))
                .build());
    }

    /** What the threads of all lanes were busy until now. */
    synchronized StageSeconds busy() {
        return working.stream().map(Lane::seconds).reduce(ended, StageSeconds::plus);
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
