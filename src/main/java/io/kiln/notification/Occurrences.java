package io.kiln.notification;

import io.kiln.event.Event;
import io.kiln.event.EventCursor;
import io.kiln.event.EventFeed;
import io.kiln.persistence.Sql;
import io.kiln.run.RunState;
import io.kiln.run.StallWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Looks through what has happened for what people want to be told. How far it has looked is kept with what it found, in one transaction: nothing is missed
 * and nothing found twice, whatever ends when. One node looks at a time; the others find the cursor locked.
 */
@ApplicationScoped
@Transactional
public class Occurrences {
    static final int AT_ONCE = 500;

    private final Sql sql;
    private final EventFeed events;
    private final Composition composition;

    /** For the container's proxy only. */
    protected Occurrences() {
        this(null, null, null);
    }

    @Inject
    public Occurrences(Sql sql, EventFeed events, Composition composition) {
        this.sql = sql;
        this.events = events;
        this.composition = composition;
    }

    /**
     * Looks at the next events; true where there may be more.
     *
     * @param untellable what is passed over
     * @throws UntellableException where one more has to be; nothing is kept of this look then
     */
    public boolean look(Set<Occurrence> untellable) {
        EventCursor newest = events.newest();
        sql.update(
                "insert into notification_cursor (transaction, number) values (?, ?) on conflict do nothing",
                newest.transaction(),
                newest.number());
        Optional<EventCursor> cursor = sql.first(
                row -> new EventCursor(row.getLong("transaction"), row.getLong("number")),
                "select transaction, number from notification_cursor for update skip locked");
        return cursor.filter(at -> lookAfter(at, untellable)).isPresent();
    }

    private boolean lookAfter(EventCursor cursor, Set<Occurrence> untellable) {
        List<Event> found = events.since(cursor, AT_ONCE);
        if (found.isEmpty()) {
            return false;
        }
        Set<UUID> touched = new LinkedHashSet<>();
        Set<Occurrence> occurred = new LinkedHashSet<>();
        for (Event event : found) {
            if (event.kind().equals("run") && event.batch() != null && event.state() != null) {
                touched.add(event.batch());
                take(event).ifPresent(occurred::add);
            }
        }
        EventCursor last = found.get(found.size() - 1).cursor();
        touched.stream()
                .map(batch -> endIfAtRest(batch, last))
                .flatMap(Optional::stream)
                .forEach(occurred::add);
        occurred.stream().filter(one -> !untellable.contains(one)).forEach(composition::compose);
        sql.update("update notification_cursor set transaction = ?, number = ?", last.transaction(), last.number());
        return found.size() == AT_ONCE;
    }

    private Optional<Occurrence> take(Event event) {
        RunState state = RunState.valueOf(event.state());
        if (!state.isOver()) {
            sql.update(
                    "insert into batch_at_work (batch) select id from batch where id = ? on conflict do nothing",
                    event.batch());
        }
        if (state == RunState.FAILED && isFirstFailure(event.batch())) {
            return Optional.of(Occurrence.of(Occasion.FIRST_FAILURE, event));
        }
        return state == RunState.RUNNING && hasStalled(event)
                ? Optional.of(Occurrence.of(Occasion.STALLED, event))
                : Optional.empty();
    }

    private boolean isFirstFailure(UUID batch) {
        return sql.update("update batch_at_work set failed = true where batch = ? and not failed", batch) == 1;
    }

    private static boolean hasStalled(Event event) {
        return event.reason() != null && event.reason().startsWith(StallWatch.STALLED);
    }

    /** Runs are looked at as they are now: a batch with events that are still to come after the last one ends with these. */
    private Optional<Occurrence> endIfAtRest(UUID batch, EventCursor last) {
        int ended = sql.update(
                "delete from batch_at_work where batch = ? and not exists"
                        + " (select 1 from run where batch = ? and state in ('QUEUED', 'RUNNING', 'PUBLISHING'))"
                        + " and not exists (select 1 from event where (xid, id) > (cast(cast(? as text) as xid8), ?)"
                        + " and batch = ? and kind = 'run' and state is not null)",
                batch,
                batch,
                Long.toString(last.transaction()),
                last.number(),
                batch);
        return ended == 1 ? Optional.of(Occurrence.of(Occasion.BATCH_ENDED, batch)) : Optional.empty();
    }
}
