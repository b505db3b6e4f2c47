package io.kiln.api.contract;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The server's OpenAPI document. */
record OpenApi(JsonObject document) {
    private static final Set<String> VERBS = Set.of("get", "post", "patch", "delete", "put", "head", "options");

    static OpenApi ofServer() {
        return new OpenApi(
                Calls.send(Calls.request("GET", "/openapi?format=JSON", "")).json());
    }

    /** Operations by call, such as {@code GET /api/batches/{batch}}. */
    Map<String, JsonObject> operations() {
        Map<String, JsonObject> operations = new TreeMap<>();
        document.getJsonObject("paths")
                .forEach((path, described) -> described.asJsonObject().forEach((verb, operation) -> {
                    if (VERBS.contains(verb)) {
                        operations.put(verb.toUpperCase(Locale.ROOT) + " " + path, operation.asJsonObject());
                    }
                }));
        return operations;
    }

    /** What the JSON of a call's answer 200 is said to be; empty where it is no JSON. */
    Optional<JsonObject> answer(String call) {
        return Optional.ofNullable(
                        operations().get(call).getJsonObject("responses").getJsonObject("200"))
                .map(answer -> answer.getJsonObject("content"))
                .map(content -> content.getJsonObject("application/json"))
                .map(media -> media.getJsonObject("schema"));
    }

    /** What a type of the document is. */
    static JsonObject type(String name) {
        return Json.createObjectBuilder()
                .add("$ref", "#/components/schemas/" + name)
                .build();
    }

    /** What of a JSON text is not as the document says. */
    List<String> problems(JsonObject schema, String json) {
        JsonObject whole = Json.createObjectBuilder(schema)
                .add("components", document.get("components"))
                .build();
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(whole.toString())
                .validate(json, InputFormat.JSON)
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
