package io.kiln.run;

import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Who this Kiln is: the same for all servers of one database, also after a restore from its backup, and another one for every other database. */
@ApplicationScoped
@Transactional
public class Identity {
    private final Sql sql;

    /** For the container's proxy only. */
    protected Identity() {
        this(null);
    }

    @Inject
    public Identity(Sql sql) {
        this.sql = sql;
    }

    /** Made when it is first asked for. */
    public UUID get() {
        sql.update("insert into identity default values on conflict do nothing");
        return sql.first(row -> row.getObject(1, UUID.class), "select id from identity")
                .orElseThrow();
    }
}
