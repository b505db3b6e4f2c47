package io.kiln.cli.remote;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/** Members of a request that options give. */
record Members(JsonObjectBuilder request) {
    /** Adds a text where one was given; an empty one as null. */
    void add(String member, String text) {
        if (text == null) {
            return;
        }
        if (text.isEmpty()) {
            request.add(member, JsonValue.NULL);
        } else {
            request.add(member, text);
        }
    }

    /** Adds a number, or what else JSON knows, where one was given; an empty one as null. */
    void addValue(String member, String text) {
        if (text != null) {
            request.add(member, text.isEmpty() ? JsonValue.NULL : ParameterValues.value(text));
        }
    }
}
