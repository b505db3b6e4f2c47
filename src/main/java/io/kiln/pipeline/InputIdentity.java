package io.kiln.pipeline;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What tells that everything a run reads is still the same: the item's file, and the files that parameters name.
 *
 * @param input of the item's file
 * @param parameterFiles by the parameter's name; one that names no file is missing
 */
public record InputIdentity(FileIdentity input, Map<String, FileIdentity> parameterFiles) {
    public InputIdentity {
        parameterFiles = Map.copyOf(parameterFiles);
    }

    /** @param parameterFiles as {@link #parameterFilesJson} has written them */
    public static InputIdentity of(FileIdentity input, JsonObject parameterFiles) {
        return new InputIdentity(
                input,
                parameterFiles.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                file -> FileIdentity.of(file.getValue().asJsonObject()))));
    }

    public JsonObject parameterFilesJson() {
        JsonObjectBuilder files = Json.createObjectBuilder();
        parameterFiles.forEach((parameter, file) -> files.add(parameter, (JsonValue) file.json()));
        return files.build();
    }
}
