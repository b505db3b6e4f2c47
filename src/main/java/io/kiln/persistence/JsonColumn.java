package io.kiln.persistence;

import jakarta.json.Json;
import jakarta.json.JsonObject;
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
}
