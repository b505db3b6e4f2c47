package io.kiln.event;

import jakarta.json.JsonObject;
import java.time.Instant;

/** Who did what to what, and when by the database's clock. */
public record AuditEntry(long id, Instant at, String who, String action, String subject, JsonObject detail) {}
