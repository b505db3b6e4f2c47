package io.kiln.batch;

import io.kiln.persistence.Sql;
import io.kiln.root.Area;
import io.kiln.root.Location;
import io.kiln.root.RootId;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Remembers which outputs of other programs were found for items. */
@ApplicationScoped
class FoundOutputs {
    private static final String FOUND =
            "select item_found.*, item.input_root from item_found join item on item.id = item_found.item where ";

    private final Sql sql;

    /** For the container's proxy only. */
    protected FoundOutputs() {
        this(null);
    }

    @Inject
    FoundOutputs(Sql sql) {
        this.sql = sql;
    }

    private record OfItem(ItemId item, FoundOutput found) {
        static OfItem read(ResultSet row) throws SQLException {
            Location place = new Location(
                    new RootId(row.getObject("input_root", UUID.class)),
                    Area.valueOf(row.getString("area")),
                    row.getString("path"));
            return new OfItem(
                    new ItemId(row.getObject("item", UUID.class)),
                    new FoundOutput(
                            row.getBoolean("is_try"),
                            place,
                            row.getInt("files"),
                            row.getTimestamp("modified").toInstant()));
        }
    }

    /** Items without any are not in it. */
    Map<ItemId, List<FoundOutput>> of(Collection<ItemId> items) {
        return byItem(
                "item = any(?)", (Object) items.stream().map(ItemId::value).toArray(UUID[]::new));
    }

    Map<ItemId, List<FoundOutput>> of(BatchId batch) {
        return byItem("item.batch = ?", batch.value());
    }

    private Map<ItemId, List<FoundOutput>> byItem(String which, Object value) {
        return sql.list(OfItem::read, FOUND + which + " order by is_try", value).stream()
                .collect(Collectors.groupingBy(OfItem::item, Collectors.mapping(OfItem::found, Collectors.toList())));
    }

    void replace(ItemId item, List<FoundOutput> found) {
        sql.update("delete from item_found where item = ?", item.value());
        for (FoundOutput one : found) {
            sql.update(
                    "insert into item_found (item, is_try, area, path, files, modified) values (?, ?, ?, ?, ?, ?)",
                    item.value(),
                    one.isTry(),
                    one.place().area(),
                    one.place().path(),
                    one.files(),
                    one.modified());
        }
    }
}
