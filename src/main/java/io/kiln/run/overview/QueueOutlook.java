package io.kiln.run.overview;

import io.kiln.persistence.Sql;
import io.kiln.run.QueueReasons;
import io.kiln.run.overview.Overview.Next;
import io.kiln.run.overview.Overview.Queue;
import io.kiln.run.overview.Overview.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** What waits in the queue, and why. */
@ApplicationScoped
class QueueOutlook {
    /** Why a run waits takes several look-ups, so that not a whole long queue is asked. */
    static final int LOOKED_AT = 500;

    private static final int MOST_REASONS = 10;
    private static final int MOST_NEXT = 20;

    private static final String ORDER =
            " order by run.urgent desc, run.priority desc, run.is_try desc, run.queue_order ";

    private static final String REASONS = "select reason, count(*) as runs from (select " + QueueReasons.SENTENCE
            + " as reason from run where run.state = 'QUEUED'" + ORDER + "limit " + LOOKED_AT + ") first_ones"
            + " group by reason order by runs desc, reason limit " + MOST_REASONS;

    private static final String NEXT = "select " + RunNames.COLUMNS + ", run.devices, run.urgent from run"
            + RunNames.JOIN + "where run.state = 'QUEUED' and " + QueueReasons.READY + ORDER + "limit " + MOST_NEXT;

    private final Sql sql;

    /** For the container's proxy only. */
    protected QueueOutlook() {
        this(null);
    }

    @Inject
    QueueOutlook(Sql sql) {
        this.sql = sql;
    }

    Queue now() {
        int length = sql.first(row -> row.getInt(1), "select count(*) from run where state = 'QUEUED'")
                .orElse(0);
        List<Reason> reasons = sql.list(row -> new Reason(row.getString("reason"), row.getInt("runs")), REASONS);
        List<Next> next =
                sql.list(row -> new Next(RunNames.read(row), row.getInt("devices"), row.getBoolean("urgent")), NEXT);
        return new Queue(length, Math.min(length, LOOKED_AT), reasons, next);
    }
}
