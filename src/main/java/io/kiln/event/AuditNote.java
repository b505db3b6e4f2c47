package io.kiln.event;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What somebody did to a Kiln whose server may not run, left as a file in {@code KILN_HOME/audit} for the server to take into its audit.
 *
 * @param id tells it from every other, however often it is read
 * @param at by the clock of the machine
 * @param who a user of the operating system
 */
public record AuditNote(UUID id, Instant at, String who, String action, String subject, JsonObject detail) {
    /** Names of the files; sorted, they are in the order of what was done. */
    public String fileName() {
        return String.format("%015d-%s.json", at.toEpochMilli(), id);
    }

    public String text() {
        return Json.createObjectBuilder()
                .add("id", id.toString())
                .add("at", at.toString())
                .add("who", who)
                .add("action", action)
                .add("subject", subject)
                .add("detail", detail)
                .build()
                .toString();
    }

    /** @throws IllegalArgumentException when the text is no note */
    static AuditNote parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject note = reader.readObject();
            return new AuditNote(
                    UUID.fromString(note.getString("id")),
                    Instant.parse(note.getString("at")),
                    note.getString("who"),
                    note.getString("action"),
                    note.getString("subject"),
                    Objects.requireNonNull(note.getJsonObject("detail"), "it has no detail"));
        } catch (JsonException | DateTimeException | NullPointerException | ClassCastException e) {
            throw new IllegalArgumentException("no note for the audit: " + e.getMessage(), e);
        }
    }
}
