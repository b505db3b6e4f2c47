package io.kiln.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** Operations of WildFly's management interface, as an administrator's script sends them. */
final class Operation {
    private Operation() {}

    static JsonObject onDeployment(String name) {
        return Json.createObjectBuilder()
                .add("operation", name)
                .add("address", Json.createArrayBuilder().add("deployment").add("kiln.war"))
                .build();
    }

    /** @param argument what the operation is done with, by name */
    static JsonObject onBatchRuntime(String name, JsonObject argument) {
        return Json.createObjectBuilder(argument)
                .add("operation", name)
                .add(
                        "address",
                        Json.createArrayBuilder()
                                .add("deployment")
                                .add("kiln.war")
                                .add("subsystem")
                                .add("batch-jberet"))
                .build();
    }
}
