package io.kiln.job;

import io.kiln.pipeline.Plan;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** What is kept of a run with its result. */
final class ResultFacts {
    private ResultFacts() {}

    /** @param timings of each attempt that computed something, oldest first */
    static JsonObject of(Assignment assignment, List<JsonObject> timings, Plan plan) {
        return Json.createObjectBuilder(assignment.facts())
                .add("id", assignment.attempt().run().toString())
                .add("attempt", assignment.attempt().number())
                .add("pipeline", assignment.pipeline().value())
                .add("input", input(assignment))
                .add("java", Runtime.version().toString())
                .add("timings", timings(timings, (double) plan.outputBytes() / plan.units()))
                .build();
    }

    /** The sums, and each attempt for itself. */
    private static JsonObject timings(List<JsonObject> attempts, double bytesPerUnit) {
        JsonObjectBuilder sums = Json.createObjectBuilder();
        for (String ofAttempt : List.of("elapsedSeconds", "inspectSeconds")) {
            sums.add(ofAttempt, sum(attempts, ofAttempt));
        }
        List<JsonObject> lanes =
                attempts.stream().flatMap(attempt -> lanes(attempt).stream()).toList();
        for (String ofLane :
                List.of("readSeconds", "uploadSeconds", "computeSeconds", "downloadSeconds", "writeSeconds")) {
            List<JsonObject> having =
                    lanes.stream().filter(lane -> lane.containsKey(ofLane)).toList();
            // only lanes on GPUs copy
            if (!having.isEmpty() || !ofLane.contains("load")) {
                sums.add(ofLane, sum(having, ofLane));
            }
        }
        JsonArrayBuilder each = Json.createArrayBuilder();
        attempts.forEach(attempt -> each.add(withOutputBytes(attempt, bytesPerUnit)));
        return sums.add("attempts", each).build();
    }

    private static double sum(List<JsonObject> parts, String member) {
        return Timings.rounded(parts.stream()
                .mapToDouble(part -> part.getJsonNumber(member).doubleValue())
                .sum());
    }

    private static List<JsonObject> lanes(JsonObject attempt) {
        return attempt.getJsonArray("lanes").getValuesAs(JsonObject.class);
    }

    private static JsonObject withOutputBytes(JsonObject attempt, double bytesPerUnit) {
        JsonArrayBuilder lanes = Json.createArrayBuilder();
        lanes(attempt)
                .forEach(lane -> lanes.add(Json.createObjectBuilder(lane)
                        .add("outputBytes", Math.round(lane.getInt("units") * bytesPerUnit))));
        return Json.createObjectBuilder(attempt).add("lanes", lanes).build();
    }

    private static JsonObject input(Assignment assignment) {
        return Json.createObjectBuilder(assignment.inputIdentity().input().json())
                .add("path", assignment.input().toString())
                .add("parameterFiles", assignment.inputIdentity().parameterFilesJson())
                .build();
    }
}
