package io.kiln.cli.user;

import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.PrivateFiles;
import io.kiln.event.AuditNote;
import io.kiln.security.Role;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/** Leaves word of changes to the users for the server's audit, which the server may not be running to write. */
public final class UserAudit {
    private final KilnHome home;

    public UserAudit(KilnHome home) {
        this.home = home;
    }

    /** The user of the operating system has added a user, or given one another role. */
    public void note(String action, String user, Role role) throws IOException {
        note(
                action,
                user,
                Json.createObjectBuilder().add("role", role.toString()).build());
    }

    /** The user of the operating system has done something else to a user. */
    public void note(String action, String user) throws IOException {
        note(action, user, JsonObject.EMPTY_JSON_OBJECT);
    }

    private void note(String action, String user, JsonObject detail) throws IOException {
        AuditNote note = new AuditNote(
                UUID.randomUUID(),
                Instant.now(),
                System.getProperty("user.name") + " at the command line",
                action,
                user,
                detail);
        PrivateFiles.folder(home.audit());
        PrivateFiles.write(home.audit().resolve(note.fileName()), note.text());
    }
}
