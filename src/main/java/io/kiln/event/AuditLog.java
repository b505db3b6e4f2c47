package io.kiln.event;

import io.kiln.persistence.JsonColumn;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;

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

    /** Newest first. */
    public Page<AuditEntry> list(PageRequest page) {
        return Page.of(
                sql.list(
                        row -> new AuditEntry(
                                row.getLong("id"),
                                row.getTimestamp("at").toInstant(),
                                row.getString("who"),
                                row.getString("action"),
                                row.getString("subject"),
                                JsonColumn.parse(row.getString("detail"))),
                        "select * from audit where id < ? order by id desc limit ?",
                        page.after() == null ? Long.MAX_VALUE : page.after(),
                        page.limit() + 1),
                page.limit(),
                AuditEntry::id);
    }
}
