package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Map;

/** Parameters given as {@code name=value}. */
final class ParameterValues {
    private ParameterValues() {}

    /** Values that are JSON are taken as such, {@code 295.0}, {@code true}, {@code [1, 2]}; everything else is a text. */
    static JsonObject of(Map<String, String> given) {
        JsonObjectBuilder parameters = Json.createObjectBuilder();
        if (given != null) {
            given.forEach((name, value) -> parameters.add(name, value(name, value)));
        }
        return parameters.build();
    }

    /** The same for an edit, where {@code name=} takes a value back. */
    static JsonObject ofEdit(Map<String, String> given) {
        JsonObjectBuilder parameters = Json.createObjectBuilder();
        given.forEach((name, value) -> parameters.add(name, value.isBlank() ? JsonValue.NULL : value(name, value)));
        return parameters.build();
    }

    private static JsonValue value(String name, String text) {
        if (text == null || text.isBlank()) {
            throw new CommandFailure("parameter '" + name + "' has no value; write " + name + "=VALUE");
        }
        return value(text);
    }

    /** A value that is JSON, or else a text. */
    static JsonValue value(String text) {
        if (!"{[\"-0123456789tfn".contains(text.substring(0, 1))) {
            return Json.createValue(text);
        }
        try (var reader = Json.createReader(new StringReader(text))) {
            JsonValue value = reader.readValue();
            // a parser stops behind the first value: 2bm is a text, not the number 2
            return value.toString().replace(" ", "").equals(text.replace(" ", "")) || isNumber(text)
                    ? value
                    : Json.createValue(text);
        } catch (JsonException isText) {
            return Json.createValue(text);
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    }
}
