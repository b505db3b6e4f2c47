package io.kiln.job;

import io.kiln.pipeline.Plan;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** What is kept of a run with its result. */
final class ResultFacts {
    private ResultFacts() {}

    static JsonObject of(Assignment assignment, Timings timings, Plan plan) {
        return Json.createObjectBuilder(assignment.facts())
                .add("id", assignment.attempt().run().toString())
                .add("attempt", assignment.attempt().number())
                .add("pipeline", assignment.pipeline().value())
                .add("input", input(assignment))
                .add("java", Runtime.version().toString())
                .add("timings", timings.json((double) plan.outputBytes() / plan.units()))
                .build();
    }

    private static JsonObject input(Assignment assignment) {
        return Json.createObjectBuilder(assignment.inputIdentity().input().json())
                .add("path", assignment.input().toString())
                .add("parameterFiles", assignment.inputIdentity().parameterFilesJson())
                .build();
    }
}
