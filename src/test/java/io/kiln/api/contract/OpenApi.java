package io.kiln.api.contract;

import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The calls as the server's OpenAPI document describes them. */
final class OpenApi {
    private static final Set<String> VERBS = Set.of("get", "post", "patch", "delete", "put", "head", "options");

    private OpenApi() {}

    /** Operations by call, such as {@code GET /api/batches/{batch}}. */
    static Map<String, JsonObject> operations() {
        Map<String, JsonObject> operations = new TreeMap<>();
        Calls.send(Calls.request("GET", "/openapi?format=JSON", ""))
                .json()
                .getJsonObject("paths")
                .forEach((path, described) -> described.asJsonObject().forEach((verb, operation) -> {
                    if (VERBS.contains(verb)) {
                        operations.put(verb.toUpperCase(Locale.ROOT) + " " + path, operation.asJsonObject());
                    }
                }));
        return operations;
    }
}
