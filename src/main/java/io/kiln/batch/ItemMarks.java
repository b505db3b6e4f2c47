package io.kiln.batch;

import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.persistence.Sql;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The marks of items. An item has one or none; the last word counts. */
@ApplicationScoped
@Transactional
public class ItemMarks {
    private final Sql sql;
    private final BatchService batches;
    private final ItemService items;
    private final EventFeed events;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected ItemMarks() {
        this(null, null, null, null, null);
    }

    @Inject
    public ItemMarks(Sql sql, BatchService batches, ItemService items, EventFeed events, AuditLog audit) {
        this.sql = sql;
        this.batches = batches;
        this.items = items;
        this.events = events;
        this.audit = audit;
    }

    /**
     * @throws io.kiln.persistence.UnknownIdException when the batch has no such item
     * @throws io.kiln.access.NotYoursException when the batch is another one's
     */
    public ItemMark set(BatchId batch, ItemId id, ItemMark.Verdict mark, String who) {
        batches.lock(batch);
        items.get(batch, id);
        sql.update(
                "insert into item_mark (item, mark, marked_by) values (?, ?, ?) on conflict (item)"
                        + " do update set mark = excluded.mark, marked_by = excluded.marked_by, marked_at = clock_timestamp()",
                id.value(),
                mark,
                who);
        events.add("item", batch.value(), id.value(), "marked " + mark + " by " + who);
        audit.add(
                who,
                "item marked",
                id.toString(),
                Json.createObjectBuilder().add("mark", mark.name()).build());
        return of(id).orElseThrow();
    }

    /** Takes the mark back; nothing where there is none. */
    public void clear(BatchId batch, ItemId id, String who) {
        batches.lock(batch);
        items.get(batch, id);
        if (sql.update("delete from item_mark where item = ?", id.value()) > 0) {
            events.add("item", batch.value(), id.value(), "mark taken back by " + who);
            audit.add(who, "item mark taken back", id.toString(), JsonValue.EMPTY_JSON_OBJECT);
        }
    }

    public Optional<ItemMark> of(ItemId id) {
        return Optional.ofNullable(of(List.of(id)).get(id));
    }

    /** Of those that have one. */
    public Map<ItemId, ItemMark> of(List<ItemId> ids) {
        Map<ItemId, ItemMark> marks = new HashMap<>();
        UUID[] all = ids.stream().map(ItemId::value).toArray(UUID[]::new);
        sql.list(
                row -> marks.put(new ItemId(row.getObject("item", UUID.class)), read(row)),
                "select item, mark, marked_by, marked_at from item_mark where item = any(?)",
                (Object) all);
        return marks;
    }

    static ItemMark read(ResultSet row) throws SQLException {
        return new ItemMark(
                ItemMark.Verdict.valueOf(row.getString("mark")),
                row.getString("marked_by"),
                row.getObject("marked_at", OffsetDateTime.class).toInstant());
    }
}
