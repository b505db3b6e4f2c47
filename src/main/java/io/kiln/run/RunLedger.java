package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.job.LostRunException;
import io.kiln.job.RunId;
import io.kiln.job.SlabOutcome;
import io.kiln.persistence.JsonColumn;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.PlanDocument;
import io.kiln.pipeline.UnitRange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The plan of a run and which of its units are durably settled: the truth about its progress. Fenced by attempt and lease. */
@ApplicationScoped
@Transactional
public class RunLedger {
    private static final String UNSETTLED_PART = "insert into ledger (run, from_unit, to_unit, outcome, attempt)"
            + " select ?, lower(part), upper(part), ?, ? from unnest(int4multirange(int4range(?, ?)) -"
            + " coalesce((select range_agg(int4range(from_unit, to_unit)) from ledger"
            + " where run = ? and from_unit < ? and to_unit > ?), '{}')) part on conflict do nothing";

    private final Sql sql;
    private final LongAdder slabs = new LongAdder();

    /** For the container's proxy only. */
    protected RunLedger() {
        this(null);
    }

    @Inject
    public RunLedger(Sql sql) {
        this.sql = sql;
    }

    Optional<Plan> plan(RunId run) {
        return sql.first(row -> Optional.ofNullable(row.getString(1)), "select plan from run where id = ?", run.value())
                .flatMap(text -> text)
                .map(JsonColumn::parse)
                .map(PlanDocument::read);
    }

    /** @throws LostRunException when the attempt is no longer the newest */
    void keepPlan(Attempt attempt, Plan plan) {
        int kept = sql.update(
                "update run set plan = cast(? as jsonb), units = ?, unit_name = ?"
                        + " where id = ? and attempt = ? and state = 'RUNNING'",
                PlanDocument.of(plan).toString(),
                plan.units(),
                plan.unitName(),
                attempt.run().value(),
                attempt.number());
        if (kept == 0) {
            throw new LostRunException(attempt);
        }
    }

    /** Ascending, not touching. */
    List<UnitRange> settled(RunId run, SlabOutcome outcome) {
        return sql.list(
                row -> new UnitRange(row.getInt(1), row.getInt(2)),
                "select lower(part), upper(part) from (select unnest(range_agg(int4range(from_unit, to_unit))) as part"
                        + " from ledger where run = ? and outcome = ?) merged order by 1",
                run.value(),
                outcome);
    }

    /** Units that were settled before stay as they are. @throws LostRunException when the attempt or its lease is gone */
    void settle(Attempt attempt, SlabOutcome outcome, List<UnitRange> ranges) {
        requireLease(attempt);
        Object run = attempt.run().value();
        for (UnitRange units : ranges) {
            sql.update(
                    UNSETTLED_PART,
                    run,
                    outcome,
                    attempt.number(),
                    units.from(),
                    units.to(),
                    run,
                    units.to(),
                    units.from());
        }
        slabs.add(ranges.size());
    }

    /** How many slabs this process has settled; those of transactions that were rolled back are among them. */
    @Transactional(Transactional.TxType.SUPPORTS)
    public long slabs() {
        return slabs.sum();
    }

    /**
     * The share lock holds off whoever would take the run away until the caller's transaction has ended.
     *
     * @throws LostRunException when the attempt or its lease is gone
     */
    void requireLease(Attempt attempt) {
        boolean holds = sql.exists(
                "select 1 from run where id = ? and attempt = ? and state = 'RUNNING' and exists (select 1"
                        + " from device_lease l where l.run = run.id and l.attempt = run.attempt"
                        + " and l.expires_at > clock_timestamp()) for share",
                attempt.run().value(),
                attempt.number());
        if (!holds) {
            throw new LostRunException(attempt);
        }
    }
}
