package io.kiln.batch;

import io.kiln.persistence.Sql;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** The order of a batch's items: positions with gaps, so that a move writes one row. The caller holds the batch's lock. */
@ApplicationScoped
class ItemOrder {
    static final long GAP = 1024;

    private final Sql sql;

    /** For the container's proxy only. */
    protected ItemOrder() {
        this(null);
    }

    @Inject
    ItemOrder(Sql sql) {
        this.sql = sql;
    }

    /** Position of the last item, 0 where there is none. */
    long last(BatchId batch) {
        return sql.first(
                        row -> row.getLong(1),
                        "select coalesce(max(position), 0) from item where batch = ?",
                        batch.value())
                .orElseThrow();
    }

    /** The place of what stands at this position, from 0. */
    int place(BatchId batch, long position) {
        return sql.first(
                        row -> row.getInt(1),
                        "select count(*) from item where batch = ? and position < ?",
                        batch.value(),
                        position)
                .orElseThrow();
    }

    /** A free position for the item so that it becomes the index-th. */
    long positionAt(BatchId batch, ItemId item, int index) {
        List<Long> neighbours = neighbours(batch, item, index);
        if (neighbours.isEmpty()) {
            return GAP;
        }
        if (index <= 0) {
            return neighbours.get(0) - GAP;
        }
        if (neighbours.size() == 1) {
            return last(batch) + GAP;
        }
        long between = Math.floorDiv(neighbours.get(0) + neighbours.get(1), 2);
        if (between > neighbours.get(0)) {
            return between;
        }
        spread(batch);
        return positionAt(batch, item, index);
    }

    /** Positions of the items that the item comes between: the one before and the one after, as far as they exist. */
    private List<Long> neighbours(BatchId batch, ItemId item, int index) {
        int from = Math.max(0, index - 1);
        List<Long> both = sql.list(
                row -> row.getLong(1),
                "select position from item where batch = ? and id <> ? order by position offset ? limit 2",
                batch.value(),
                item.value(),
                from);
        if (!both.isEmpty()) {
            return both;
        }
        return sql.list(
                row -> row.getLong(1),
                "select position from item where batch = ? and id <> ? order by position desc limit 1",
                batch.value(),
                item.value());
    }

    private void spread(BatchId batch) {
        sql.update(
                "update item set position = place.number * " + GAP
                        + " from (select id, row_number() over (order by position) as number from item where batch = ?) place"
                        + " where item.id = place.id",
                batch.value());
    }

    /** Gives all items of the batch the places that they hold together, in this order. */
    void arrange(BatchId batch, List<ItemId> all) {
        sql.update(
                "with places as (select position, row_number() over (order by position) as number from item where batch = ?)"
                        + " update item set position = places.position"
                        + " from unnest(?) with ordinality wanted (id, number) join places using (number)"
                        + " where item.id = wanted.id and item.position <> places.position",
                batch.value(),
                all.stream().map(ItemId::value).toArray(UUID[]::new));
    }

    /** Gives the batch's queued runs the places that they hold together in the order of their items. */
    void reorderQueue(BatchId batch) {
        sql.update(
                "with places as (select queue_order, row_number() over (order by queue_order) as number"
                        + " from run where batch = ? and state = 'QUEUED'),"
                        + " wanted as (select run.id, row_number() over (order by item.position, run.queue_order) as number"
                        + " from run join item on item.id = run.item where run.batch = ? and state = 'QUEUED')"
                        + " update run set queue_order = places.queue_order from wanted join places using (number)"
                        + " where run.id = wanted.id and run.state = 'QUEUED'",
                batch.value(),
                batch.value());
    }

    /** True where the first item comes after the second, directly or through others, or is it. */
    boolean comesAfter(ItemId first, ItemId second) {
        UUID target = second.value();
        return sql.exists(
                "with recursive before (id) as (select cast(? as uuid) union"
                        + " select item_after.earlier from item_after join before on item_after.item = before.id)"
                        + " select 1 from before where id = ?",
                first.value(),
                target);
    }
}
