package io.kiln.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.cuda.PermittedGpus;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import io.kiln.persistence.TestDatabase;
import io.kiln.settings.DeviceSettings;
import io.kiln.settings.HistoryDays;
import io.kiln.settings.Settings;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditNotesTest {
    private static final AuditNote ADDED = new AuditNote(
            UUID.randomUUID(),
            Instant.parse("2026-11-21T12:00:00Z"),
            "root at the command line",
            "add user",
            "ada",
            Json.createObjectBuilder().add("role", "operator").build());

    @TempDir
    private Path home;

    private final Sql sql = TestDatabase.empty().sql();
    private AuditNotes notes;

    @BeforeEach
    void open() {
        notes = new AuditNotes(
                sql,
                new Settings(
                        home,
                        List.of(home),
                        home,
                        Optional.empty(),
                        "node-a",
                        new DeviceSettings(PermittedGpus.NONE, OptionalInt.of(1), 1, 64L << 20),
                        0,
                        HistoryDays.STANDARD));
    }

    @Test
    void aNoteBecomesAnEntryWithItsOwnTimeAndItsFileIsGone() throws IOException {
        Path file = leave(ADDED.text());

        notes.takeIn();

        assertThat(file).doesNotExist();
        AuditEntry entry = entries().get(0);
        assertThat(entry.at()).isEqualTo(ADDED.at());
        assertThat(List.of(entry.who(), entry.action(), entry.subject()))
                .containsExactly("root at the command line", "add user", "ada");
        assertThat(entry.detail().getString("role")).isEqualTo("operator");
    }

    @Test
    void aNoteWhoseFileWasNotDeletedInTimeIsTakenInOnce() throws IOException {
        leave(ADDED.text());
        notes.takeIn();
        leave(ADDED.text());
        notes.takeIn();

        assertThat(entries()).hasSize(1);
    }

    @Test
    void whatIsNoNoteIsPutAsideAndKeepsNoOtherFromTheAudit() throws IOException {
        Path broken = leave("{\"who\": 5}");
        Path good = home.resolve("audit").resolve("z-" + ADDED.fileName());
        Files.writeString(good, ADDED.text());

        notes.takeIn();

        assertThat(entries()).hasSize(1);
        assertThat(broken.resolveSibling(broken.getFileName() + ".unreadable")).exists();
    }

    @Test
    void whereNothingWasLeftThereIsNothingToDo() {
        notes.takeIn();

        assertThat(entries()).isEmpty();
    }

    private Path leave(String text) throws IOException {
        Files.createDirectories(home.resolve("audit"));
        return Files.writeString(home.resolve("audit").resolve(ADDED.fileName()), text);
    }

    private List<AuditEntry> entries() {
        return new AuditLog(sql)
                .list(AuditFilter.ALL, PageRequest.of(null, null))
                .items();
    }
}
