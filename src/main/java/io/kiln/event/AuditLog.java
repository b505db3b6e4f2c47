package io.kiln.event;

import io.kiln.persistence.JsonColumn;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What people did. Entries are only ever added, in the transaction of what they tell of. */
@ApplicationScoped
@Transactional
public class AuditLog {
    private final Sql sql;

    /** For the container's proxy only. */
    protected AuditLog() {
        this(null);
    }

    @Inject
    public AuditLog(Sql sql) {
        this.sql = sql;
    }

    public void add(String who, String action, String subject, JsonObject detail) {
        sql.update(
                "insert into audit (who, action, subject, detail) values (?, ?, ?, cast(? as jsonb))",
                who,
                action,
                subject,
                detail.toString());
    }

    /** One entry for each subject, with its detail. */
    public void add(String who, String action, Map<String, JsonObject> details) {
        sql.update(
                "insert into audit (who, action, subject, detail) select ?, ?, subject, cast(detail as jsonb)"
                        + " from unnest(?, ?) told (subject, detail)",
                who,
                action,
                details.keySet().toArray(String[]::new),
                details.values().stream().map(JsonObject::toString).toArray(String[]::new));
    }

    /** Newest first. */
    public Page<AuditEntry> list(AuditFilter filter, PageRequest page) {
        List<Object> values = new ArrayList<>();
        values.add(page.after() == null ? Long.MAX_VALUE : page.after());
        StringBuilder conditions = new StringBuilder();
        filter.columns().forEach((column, value) -> {
            conditions.append(" and ").append(column).append(" = ?");
            values.add(value);
        });
        values.add(page.limit() + 1);
        return Page.of(
                sql.list(
                        AuditLog::read,
                        "select * from audit where id < ?" + conditions + " order by id desc limit ?",
                        values.toArray()),
                page.limit(),
                AuditEntry::id);
    }

    private static AuditEntry read(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("who"),
                row.getString("action"),
                row.getString("subject"),
                JsonColumn.parse(row.getString("detail")));
    }
}
