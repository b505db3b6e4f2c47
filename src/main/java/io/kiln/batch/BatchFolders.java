package io.kiln.batch;

import io.kiln.persistence.Sql;
import io.kiln.root.Area;
import io.kiln.root.Location;
import io.kiln.root.RootId;
import io.kiln.run.BatchId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** Remembers which folders a batch's items come from. */
@ApplicationScoped
class BatchFolders {
    private final Sql sql;

    /** For the container's proxy only. */
    protected BatchFolders() {
        this(null);
    }

    @Inject
    BatchFolders(Sql sql) {
        this.sql = sql;
    }

    List<BatchFolder> of(BatchId batch) {
        return sql.list(
                row -> new BatchFolder(
                        new Location(new RootId(row.getObject("root", UUID.class)), Area.INSIDE, row.getString("path")),
                        row.getString("pattern")),
                "select root, path, pattern from batch_folder where batch = ? order by path, pattern",
                batch.value());
    }

    void add(BatchId batch, BatchFolder folder) {
        sql.update(
                "insert into batch_folder (batch, root, path, pattern) values (?, ?, ?, ?) on conflict do nothing",
                batch.value(),
                folder.place().root().value(),
                folder.place().path(),
                folder.pattern());
    }
}
