package io.kiln.event;

import io.kiln.persistence.DatabaseException;
import io.kiln.persistence.Sql;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Takes the notes of what was done beside the server into the audit: each once, and then its file is gone. */
@ApplicationScoped
public class AuditNotes {
    private static final Logger LOG = Logger.getLogger(AuditNotes.class.getName());

    private final Sql sql;
    private final Path folder;

    /** For the container's proxy only. */
    protected AuditNotes() {
        this.sql = null;
        this.folder = null;
    }

    @Inject
    public AuditNotes(Sql sql, Settings settings) {
        this.sql = sql;
        this.folder = settings.home().resolve("audit");
    }

    /** Notes that cannot be taken in now stay for the next time. */
    public void takeIn() {
        try {
            for (Path file : files()) {
                takeIn(file);
            }
        } catch (IOException | DatabaseException e) {
            LOG.log(Level.WARNING, "notes in " + folder + " are not in the audit yet; that is tried again", e);
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private void takeIn(Path file) throws IOException {
        try {
            add(AuditNote.parse(Files.readString(file)));
            Files.delete(file);
        } catch (IllegalArgumentException e) {
            Path aside = Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
            LOG.log(Level.WARNING, e, () -> aside + " is not taken into the audit");
        }
    }

    /** A server that ended after it had added the note, and before it had deleted its file, finds it there. */
    private void add(AuditNote note) {
        sql.update(
                "insert into audit (at, who, action, subject, detail)"
                        + " select ?, ?, ?, ?, cast(? as jsonb) || jsonb_build_object('note', cast(? as text))"
                        + " where not exists (select 1 from audit where subject = ? and detail ->> 'note' = ?)",
                note.at(),
                note.who(),
                note.action(),
                note.subject(),
                note.detail().toString(),
                note.id().toString(),
                note.subject(),
                note.id().toString());
    }
}
