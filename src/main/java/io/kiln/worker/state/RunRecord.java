package io.kiln.worker.state;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.PlanDocument;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * What is known of a run beside its ledger.
 *
 * @param attempt how often it was started, this time included
 * @param plan what inspecting the input settled; empty until then
 */
public record RunRecord(RunId id, Order order, int attempt, RunPhase phase, Optional<Plan> plan) {
    private static final int FORMAT = 1;

    static RunRecord begin(Order order) {
        return new RunRecord(RunId.random(), order, 0, RunPhase.STOPPED, Optional.empty());
    }

    public Attempt currentAttempt() {
        return new Attempt(id, attempt);
    }

    RunRecord nextAttempt(Order again) {
        return new RunRecord(id, again, attempt + 1, RunPhase.RUNNING, plan);
    }

    RunRecord in(RunPhase next) {
        return new RunRecord(id, order, attempt, next, plan);
    }

    RunRecord with(Plan made) {
        return new RunRecord(id, order, attempt, phase, Optional.of(made));
    }

    JsonObject json() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("kilnWorkerState", FORMAT)
                .add("run", id.toString())
                .add("attempt", attempt)
                .add("state", phase.name())
                .add("order", order.json());
        plan.ifPresent(made -> json.add("plan", PlanDocument.of(made)));
        return json.build();
    }

    /** @throws RuntimeException of some kind when that is no record that this version wrote */
    static RunRecord read(JsonObject json) {
        if (json.getInt("kilnWorkerState") != FORMAT) {
            throw new IllegalArgumentException("format " + json.getInt("kilnWorkerState") + ", not " + FORMAT);
        }
        return new RunRecord(
                RunId.parse(json.getString("run")),
                Order.read(json.getJsonObject("order")),
                json.getInt("attempt"),
                RunPhase.valueOf(json.getString("state")),
                Optional.ofNullable(json.getJsonObject("plan")).map(PlanDocument::read));
    }
}
