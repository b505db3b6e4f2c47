package io.kiln.pipeline;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What tells that a file is still the same one: its size and its time of last modification.
 *
 * @param modified to the microsecond: databases keep no more
 */
public record FileIdentity(long bytes, Instant modified) {
    public FileIdentity {
        modified = modified.truncatedTo(ChronoUnit.MICROS);
    }

    public static FileIdentity of(Path file) throws IOException {
        return new FileIdentity(
                Files.size(file), Files.getLastModifiedTime(file).toInstant());
    }

    /** Reads what {@link #json} has written. */
    public static FileIdentity of(JsonObject json) {
        return new FileIdentity(
                json.getJsonNumber("bytes").longValueExact(), Instant.parse(json.getString("modified")));
    }

    public JsonObject json() {
        return Json.createObjectBuilder()
                .add("bytes", bytes)
                .add("modified", modified.toString())
                .build();
    }
}
