package io.kiln.notification;

import io.kiln.batch.BatchTallies;
import io.kiln.persistence.Sql;
import io.kiln.run.BatchId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Writes down what everybody who wants it is to be told of an occasion; it is sent later. */
@ApplicationScoped
class Composition {
    private static final String WANTED =
            "insert into notification (subscription, occasion, batch, run, subject, content)"
                    + " select s.id, ?, b.id, cast(? as uuid), ?, cast(? as jsonb) from subscription s join batch b on b.id = ?"
                    + " where ? = any (s.occasions) and (s.batch = b.id or s.batch is null and s.owner = b.created_by)";

    private final Sql sql;
    private final BatchTallies tallies;

    /** For the container's proxy only. */
    protected Composition() {
        this(null, null);
    }

    @Inject
    Composition(Sql sql, BatchTallies tallies) {
        this.sql = sql;
        this.tallies = tallies;
    }

    private record Names(String batch, String item) {}

    /** @param reason what the event said; null where it said nothing */
    void compose(Occasion occasion, UUID batch, Optional<UUID> run, String reason) {
        Optional<Names> names = sql.first(
                row -> new Names(row.getString(1), row.getString(2)),
                "select batch.name, item.name from batch left join run on run.id = cast(? as uuid)"
                        + " left join item on item.id = run.item where batch.id = ?",
                run.orElse(null),
                batch);
        names.ifPresent(known -> {
            String status = tallies.of(new BatchId(batch)).sentence();
            String subject = subject(occasion, known, status);
            sql.update(
                    WANTED,
                    occasion,
                    run.orElse(null),
                    subject,
                    content(occasion, batch, run, known, status, subject, reason)
                            .toString(),
                    batch,
                    occasion.name());
        });
    }

    private static String subject(Occasion occasion, Names names, String status) {
        return switch (occasion) {
            case BATCH_ENDED -> "Batch '" + names.batch() + "' has ended: " + status;
            case FIRST_FAILURE -> "Batch '" + names.batch() + "': the run of '" + names.item() + "' has failed";
            case STALLED -> "Batch '" + names.batch() + "': the run of '" + names.item() + "' makes no progress";
        };
    }

    private static JsonObject content(
            Occasion occasion,
            UUID batch,
            Optional<UUID> run,
            Names names,
            String status,
            String subject,
            String reason) {
        JsonObjectBuilder content = Json.createObjectBuilder()
                .add("occasion", occasion.name())
                .add("text", subject)
                .add("batch", batch.toString())
                .add("batchName", names.batch())
                .add("status", status)
                .add("at", Instant.now().toString());
        run.ifPresent(id -> content.add("run", id.toString()).add("itemName", names.item()));
        if (reason != null) {
            content.add("reason", reason);
        }
        return content.build();
    }
}
