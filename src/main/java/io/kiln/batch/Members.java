package io.kiln.batch;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/** Members of the documents that people edit. */
final class Members {
    private Members() {}

    /**
     * A text; empty where the member is absent or null.
     *
     * @throws ClassCastException when it is something else, where {@link JsonObject#getString(String, String)} would drop it
     */
    static Optional<String> text(JsonObject document, String member) {
        JsonValue value = document.get(member);
        return value == null || value == JsonValue.NULL
                ? Optional.empty()
                : Optional.of(((JsonString) value).getString());
    }

    /**
     * A whole number; empty where the member is absent or null.
     *
     * @throws ClassCastException when it is no number
     * @throws ArithmeticException when it is a number that no int holds
     */
    static Optional<Integer> whole(JsonObject document, String member) {
        JsonValue value = document.get(member);
        return value == null || value == JsonValue.NULL
                ? Optional.empty()
                : Optional.of(((JsonNumber) value).bigDecimalValue().intValueExact());
    }

    /**
     * True or false; empty where the member is absent or null.
     *
     * @throws ClassCastException when it is something else
     */
    static Optional<Boolean> flag(JsonObject document, String member) {
        JsonValue value = document.get(member);
        if (value == null || value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
            throw new ClassCastException(member + " is " + value);
        }
        return Optional.of(value == JsonValue.TRUE);
    }

    /**
     * An object; empty where the member is absent.
     *
     * @throws ClassCastException when it is something else
     */
    static JsonObject object(JsonObject document, String member) {
        return document.containsKey(member) ? document.getJsonObject(member) : JsonValue.EMPTY_JSON_OBJECT;
    }
}
