package io.kiln.run;

import io.kiln.device.DeviceId;
import io.kiln.job.Attempt;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.UnitRange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps which share of an attempt is computed on which device, and when; apart from the transactions of the chunks, so that it holds whatever becomes of them. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
public class Lanes {
    private final Sql sql;

    /** For the container's proxy only. */
    protected Lanes() {
        this(null);
    }

    @Inject
    public Lanes(Sql sql) {
        this.sql = sql;
    }

    void begin(Attempt attempt, DeviceId device, List<UnitRange> units) {
        sql.update(
                "insert into run_lane (run, attempt, device, units) values (?, ?, ?, cast(? as int4multirange))",
                attempt.run().value(),
                attempt.number(),
                device.value(),
                units.stream().map(UnitRange::toString).collect(Collectors.joining(",", "{", "}")));
    }

    void end(Attempt attempt, DeviceId device) {
        sql.update(
                "update run_lane set ended_at = clock_timestamp()"
                        + " where run = ? and attempt = ? and device = ? and ended_at is null",
                attempt.run().value(),
                attempt.number(),
                device.value());
    }
}
