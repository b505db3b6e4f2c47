package io.kiln.batch;

import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import io.kiln.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The items of a batch as somebody goes through them who judges their pictures: what needs a person comes first. */
@ApplicationScoped
@Transactional
public class ContactSheet {
    private static final String ENTRIES = "select i.id item, i.name, i.position, m.mark, m.marked_by, m.marked_at,"
            + " n.id newest, n.pipeline, n.state, n.reason,"
            + " p.id picture, p.pipeline picture_pipeline, p.is_try, p.ended_at,"
            + " coalesce(n.plan, p.plan) #>> '{details,rotationAxis}' centre,"
            + " coalesce(n.plan, p.plan) #>> '{details,findings,rotationAxisSearch,confidence}' confidence,"
            + " coalesce(n.plan, p.plan) #>> '{details,findings,rotationAxisSearch,reason}' confidence_reason"
            + " from item i left join item_mark m on m.item = i.id"
            + " left join lateral (select * from run where item = i.id order by seq desc limit 1) n on true"
            + " left join lateral (select * from run where item = i.id and state = 'COMPLETED' order by seq desc limit 1) p on true"
            + " where i.batch = ?";

    /** Positions are far smaller than the distance of two ranks. */
    private static final String KEYED = "select *, case when state = 'FAILED' then 0 when confidence = 'low' then 1"
            + " when confidence = 'medium' then 2 when picture is not null then 3 else 4 end * 100000000000000000"
            + " + position as key from (" + ENTRIES + ") entry";

    private static final String PAGE = "select * from (" + KEYED + ") keyed where key > ?"
            + " and (? = '' or coalesce(mark, 'NONE') = ?) order by key limit ?";

    private final Sql sql;
    private final BatchService batches;

    /** For the container's proxy only. */
    protected ContactSheet() {
        this(null, null);
    }

    @Inject
    public ContactSheet(Sql sql, BatchService batches) {
        this.sql = sql;
        this.batches = batches;
    }

    /** @param mark only items that are so marked: a verdict's name, {@code NONE} for those without, empty for all */
    public Page<SheetEntry> list(BatchId batch, String mark, PageRequest page) {
        batches.get(batch);
        List<SheetEntry> entries = sql.list(
                ContactSheet::read,
                PAGE,
                batch.value(),
                page.after() == null ? Long.MIN_VALUE : page.after(),
                mark,
                mark,
                page.limit() + 1);
        return Page.of(entries, page.limit(), SheetEntry::key);
    }

    private static SheetEntry read(ResultSet row) throws SQLException {
        return new SheetEntry(
                row.getLong("key"),
                new ItemId(row.getObject("item", UUID.class)),
                row.getString("name"),
                row.getString("mark") == null ? Optional.empty() : Optional.of(ItemMarks.read(row)),
                newest(row),
                picture(row),
                centre(row));
    }

    private static Optional<SheetEntry.Newest> newest(ResultSet row) throws SQLException {
        UUID run = row.getObject("newest", UUID.class);
        return run == null
                ? Optional.empty()
                : Optional.of(new SheetEntry.Newest(
                        run,
                        row.getString("pipeline"),
                        RunState.valueOf(row.getString("state")),
                        row.getString("reason")));
    }

    private static Optional<SheetEntry.Picture> picture(ResultSet row) throws SQLException {
        UUID run = row.getObject("picture", UUID.class);
        return run == null
                ? Optional.empty()
                : Optional.of(new SheetEntry.Picture(
                        run,
                        row.getString("picture_pipeline"),
                        row.getBoolean("is_try"),
                        row.getObject("ended_at", OffsetDateTime.class).toInstant()));
    }

    private static Optional<SheetEntry.Centre> centre(ResultSet row) throws SQLException {
        String centre = row.getString("centre");
        return centre == null
                ? Optional.empty()
                : Optional.of(new SheetEntry.Centre(
                        Double.parseDouble(centre), row.getString("confidence"), row.getString("confidence_reason")));
    }
}
