package io.kiln.pipeline;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** The form in which a plan is kept: in the server's database and in a worker's state file. */
public final class PlanDocument {
    private PlanDocument() {}

    public static JsonObject of(Plan plan) {
        return Json.createObjectBuilder()
                .add("units", plan.units())
                .add("alignment", plan.alignment())
                .add("unitName", plan.unitName())
                .add("outputBytes", plan.outputBytes())
                .add("details", plan.details())
                .build();
    }

    /** What {@link #of} wrote. */
    public static Plan read(JsonObject document) {
        return new Plan(
                document.getInt("units"),
                document.getInt("alignment"),
                document.getString("unitName"),
                document.getJsonNumber("outputBytes").longValueExact(),
                document.getJsonObject("details"));
    }
}
