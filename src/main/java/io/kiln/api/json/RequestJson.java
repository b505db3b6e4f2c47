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
        requireStorable(value);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new ProblemException(
                ProblemType.INVALID_REQUEST,
                "the body is " + Shortened.text(value.toString()) + ", but must be an object");
    }

    private static void requireStorable(JsonValue value) {
        if (value instanceof JsonObject object) {
            object.keySet().forEach(RequestJson::requireStorable);
            object.values().forEach(RequestJson::requireStorable);
        } else if (value instanceof JsonArray array) {
            array.forEach(RequestJson::requireStorable);
        } else if (value instanceof JsonString text) {
            requireStorable(text.getString());
        }
    }

    private static void requireStorable(String text) {
        StorableText.problem(text).ifPresent(problem -> {
            throw new ProblemException(ProblemType.INVALID_REQUEST, problem);
        });
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
        } catch (RuntimeException e) {
            // the parser has no type of its own for brackets within more brackets than it allows
            if (e.getClass() == RuntimeException.class) {
                throw new ProblemException(
                        ProblemType.INVALID_REQUEST,
                        "the body cannot be read: " + e.getMessage() + "; nest less in each other");
            }
            throw e;
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
