package io.kiln.run.overview;

import io.kiln.run.overview.Overview.RunName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Reads what people call a run, in statements over the table alias {@code run}. */
final class RunNames {
    static final String COLUMNS = "run.id as run_id, run.pipeline, run.item, item.name as item_name, run.batch,"
            + " batch.name as batch_name, batch.created_by as batch_created_by, batch.shared as batch_shared";

    static final String JOIN = " join item on item.id = run.item join batch on batch.id = run.batch ";

    private RunNames() {}

    static RunName read(ResultSet row) throws SQLException {
        return new RunName(
                row.getObject("run_id", UUID.class),
                row.getString("pipeline"),
                row.getObject("item", UUID.class),
                row.getString("item_name"),
                row.getObject("batch", UUID.class),
                row.getString("batch_name"),
                row.getString("batch_created_by"),
                row.getBoolean("batch_shared"));
    }
}
