package io.kiln.event;

import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The events in the order in which everybody sees them, each once: one is handed out when no older transaction is open. */
@ApplicationScoped
@Transactional
public class EventFeed {
    private final Sql sql;

    /** For the container's proxy only. */
    protected EventFeed() {
        this(null);
    }

    @Inject
    public EventFeed(Sql sql) {
        this.sql = sql;
    }

    /** Adds an event about a batch, an item or the server, in the transaction of what it tells of. */
    public void add(String kind, UUID batch, UUID item, String reason) {
        sql.update("insert into event (kind, batch, item, reason) values (?, ?, ?, ?)", kind, batch, item, reason);
    }

    /** The same about each of many items of a batch. */
    public void addOfItems(UUID batch, Collection<UUID> items, String reason) {
        sql.update(
                "insert into event (kind, batch, item, reason) select 'item', ?, item, ? from unnest(?) item",
                batch,
                reason,
                items.toArray(UUID[]::new));
    }

    /** At most {@code limit} events after the cursor. */
    public List<Event> since(EventCursor cursor, int limit) {
        return sql.list(
                EventFeed::read,
                "select * from event where (xid, id) > (cast(cast(? as text) as xid8), ?)"
                        + " and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, id limit ?",
                Long.toString(cursor.transaction()),
                cursor.number(),
                limit);
    }

    /** True where every event after the cursor is still there; nothing is known of what came after an event that is forgotten. */
    public boolean isKept(EventCursor cursor) {
        return cursor.equals(EventCursor.START)
                || sql.exists(
                        "select 1 from event where xid = cast(cast(? as text) as xid8) and id = ?",
                        Long.toString(cursor.transaction()),
                        cursor.number());
    }

    /** The newest event that may be handed out: where somebody starts who wants only what is to come. */
    public EventCursor newest() {
        return sql.first(
                        row -> cursor(row),
                        "select xid, id from event where xid < pg_snapshot_xmin(pg_current_snapshot())"
                                + " order by xid desc, id desc limit 1")
                .orElse(EventCursor.START);
    }

    /**
     * Where somebody starts who wants what has happened in so long a time until now, too: behind the last transaction all of whose events are older.
     *
     * @param most looks back over so many events; where all of them are that young, {@link EventCursor#START}
     */
    public EventCursor before(Duration time, int most) {
        return sql.first(
                        row -> cursor(row),
                        "with recent as (select xid, id, at from event"
                                + " where xid < pg_snapshot_xmin(pg_current_snapshot())"
                                + " order by xid desc, id desc limit ?),"
                                + " young as (select xid from recent"
                                + " where at >= clock_timestamp() - cast(? as interval) order by xid limit 1)"
                                + " select xid, id from recent"
                                + " where not exists (select 1 from young where young.xid <= recent.xid)"
                                + " order by xid desc, id desc limit 1",
                        most,
                        time.toString())
                .orElse(EventCursor.START);
    }

    /** The newest events of one run, oldest first. */
    public List<Event> ofRun(UUID run, int limit) {
        return sql.list(
                EventFeed::read,
                "select * from (select * from event where run = ? order by id desc limit ?) newest order by id",
                run,
                limit);
    }

    private static Event read(ResultSet row) throws SQLException {
        return new Event(
                cursor(row),
                row.getTimestamp("at").toInstant(),
                row.getString("kind"),
                row.getObject("batch", UUID.class),
                row.getObject("item", UUID.class),
                row.getObject("run", UUID.class),
                row.getObject("attempt", Integer.class),
                row.getString("state"),
                row.getString("reason"));
    }

    private static EventCursor cursor(ResultSet row) throws SQLException {
        return new EventCursor(Long.parseLong(row.getString("xid")), row.getLong("id"));
    }
}
