package io.kiln.api.json;

import io.kiln.api.problem.Problem;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.InputStream;
import java.util.Map;

/** Reads a request's body into the record that declares its members. */
final class RequestJson {
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private RequestJson() {}

    /** @throws ProblemException for what is no JSON (with line and column) or no object */
    static JsonObject object(InputStream body) {
        JsonValue value = parse(body);
        requireNoNul(value);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new ProblemException(
                ProblemType.INVALID_REQUEST,
                "the body is " + Shortened.text(value.toString()) + ", but must be an object");
    }

    /** PostgreSQL keeps every text but those with the character U+0000. */
    private static void requireNoNul(JsonValue value) {
        if (value instanceof JsonObject object) {
            object.keySet().forEach(RequestJson::requireNoNul);
            object.values().forEach(RequestJson::requireNoNul);
        } else if (value instanceof JsonArray array) {
            array.forEach(RequestJson::requireNoNul);
        } else if (value instanceof JsonString text) {
            requireNoNul(text.getString());
        }
    }

    private static void requireNoNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "'" + Shortened.text(text).replace('\0', '\u2400') + "' holds the character U+0000; leave it out");
        }
    }

    /** @throws ProblemException naming every member that does not fit */
    static <R extends Record> R bind(JsonObject object, Class<R> type) {
        RecordBinder binder = new RecordBinder();
        R record = binder.bind(object, type, "");
        if (!binder.problems().isEmpty()) {
            throw new ProblemException(Problem.of(ProblemType.INVALID_REQUEST, binder.problems()));
        }
        return record;
    }

    private static JsonValue parse(InputStream body) {
        try (JsonParser parser = PARSERS.createParser(body)) {
            if (!parser.hasNext()) {
                throw new ProblemException(ProblemType.MALFORMED_JSON, "the body is empty; send a JSON object");
            }
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                // there may be nothing behind the value but blanks
                parser.next();
            }
            return value;
        } catch (JsonParsingException e) {
            throw malformed(e);
        } catch (JsonException e) {
            throw new ProblemException(
                    ProblemType.MALFORMED_JSON, "the body cannot be read: " + e.getMessage() + "; send a JSON object");
        }
    }

    private static ProblemException malformed(JsonParsingException e) {
        JsonLocation at = e.getLocation();
        String detail = "line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ": " + e.getMessage();
        return new ProblemException(Problem.of(ProblemType.MALFORMED_JSON, detail)
                .with("line", Json.createValue(at.getLineNumber()))
                .with("column", Json.createValue(at.getColumnNumber())));
    }
}
