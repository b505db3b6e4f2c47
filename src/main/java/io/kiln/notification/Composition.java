package io.kiln.notification;

import io.kiln.batch.BatchTallies;
import io.kiln.persistence.DatabaseException;
import io.kiln.persistence.Sql;
import io.kiln.run.BatchId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Optional;

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

    /** @param item empty where it is removed, or the occurrence is of no item */
    private record Names(String batch, Optional<String> item) {
        String run() {
            return item.map(name -> "the run of '" + name + "'").orElse("the run of an item that is removed");
        }
    }

    /** @throws UntellableException where it would fail again, however often */
    void compose(Occurrence occurrence) {
        try {
            names(occurrence).ifPresent(names -> compose(occurrence, names));
        } catch (DatabaseException e) {
            throw e.isOfValues() ? new UntellableException(occurrence, e) : e;
        } catch (RuntimeException e) {
            throw new UntellableException(occurrence, e);
        }
    }

    private Optional<Names> names(Occurrence occurrence) {
        return sql.first(
                row -> new Names(row.getString(1), Optional.ofNullable(row.getString(2))),
                "select batch.name, item.name from batch left join item on item.id = cast(? as uuid) where batch.id = ?",
                occurrence.item().orElse(null),
                occurrence.batch());
    }

    private void compose(Occurrence occurrence, Names names) {
        String status = tallies.of(new BatchId(occurrence.batch())).sentence();
        String subject = subject(occurrence.occasion(), names, status);
        sql.update(
                WANTED,
                occurrence.occasion(),
                occurrence.run().orElse(null),
                subject,
                content(occurrence, names, status, subject).toString(),
                occurrence.batch(),
                occurrence.occasion().name());
    }

    private static String subject(Occasion occasion, Names names, String status) {
        return switch (occasion) {
            case BATCH_ENDED -> "Batch '" + names.batch() + "' has ended: " + status;
            case FIRST_FAILURE -> "Batch '" + names.batch() + "': " + names.run() + " has failed";
            case STALLED -> "Batch '" + names.batch() + "': " + names.run() + " makes no progress";
        };
    }

    private static JsonObject content(Occurrence occurrence, Names names, String status, String subject) {
        JsonObjectBuilder content = Json.createObjectBuilder()
                .add("occasion", occurrence.occasion().name())
                .add("text", subject)
                .add("batch", occurrence.batch().toString())
                .add("batchName", names.batch())
                .add("status", status)
                .add("at", Instant.now().toString());
        occurrence.run().ifPresent(id -> content.add("run", id.toString()));
        names.item().ifPresent(name -> content.add("itemName", name));
        occurrence.reason().ifPresent(reason -> content.add("reason", reason));
        return content.build();
    }
}
