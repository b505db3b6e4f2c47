package io.kiln.persistence;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.StringReader;

/** A JSON document as a jsonb column. */
@Converter
public class JsonColumn implements AttributeConverter<JsonObject, String> {
    @Override
    public String convertToDatabaseColumn(JsonObject document) {
        return document == null ? null : document.toString();
    }

    @Override
    public JsonObject convertToEntityAttribute(String text) {
        return text == null ? null : parse(text);
    }

    /** The document that the text holds. */
    public static JsonObject parse(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** The same document, equal to another one where the database takes them for equal: its 1.0 is 1. */
    public static JsonObject comparable(JsonObject document) {
        JsonObjectBuilder comparable = Json.createObjectBuilder();
        document.forEach((name, value) -> comparable.add(name, comparable(value)));
        return comparable.build();
    }

    private static JsonValue comparable(JsonValue value) {
        if (value instanceof JsonObject document) {
            return comparable(document);
        }
        if (value instanceof JsonArray list) {
            JsonArrayBuilder comparable = Json.createArrayBuilder();
            list.forEach(one -> comparable.add(comparable(one)));
            return comparable.build();
        }
        return value instanceof JsonNumber number
                ? Json.createValue(number.bigDecimalValue().stripTrailingZeros())
                : value;
    }
}
