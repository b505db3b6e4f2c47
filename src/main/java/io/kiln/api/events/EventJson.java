package io.kiln.api.events;

import io.kiln.event.Event;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** Events as their data lines say them. */
final class EventJson {
    private EventJson() {}

    static JsonObject of(Event event) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("at", event.at().toString()).add("kind", event.kind());
        add(json, "batch", event.batch());
        add(json, "item", event.item());
        add(json, "run", event.run());
        if (event.attempt() != null) {
            json.add("attempt", event.attempt());
        }
        add(json, "state", event.state());
        add(json, "reason", event.reason());
        return json.build();
    }

    private static void add(JsonObjectBuilder json, String name, Object value) {
        if (value != null) {
            json.add(name, value.toString());
        }
    }
}
