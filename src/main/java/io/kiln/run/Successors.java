package io.kiln.run;

import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who has the place of a run that ended without publishing: while it was over, the place may have been given to a run of another input or with other parameters, of
 * which there may be no more than its result.
 */
@ApplicationScoped
@Transactional
public class Successors {
    private final Sql sql;
    private final Placements placements;
    private final KeptResults results;

    /** For the container's proxy only. */
    protected Successors() {
        this(null, null, null);
    }

    @Inject
    public Successors(Sql sql, Placements placements, KeptResults results) {
        this.sql = sql;
        this.placements = placements;
        this.results = results;
    }

    /** The run whose output, there already or to come, a restart of this run would replace by another one. */
    Optional<RunId> of(RunId run) {
        return Optional.ofNullable(of(List.of(run)).get(run));
    }

    /** The same for many runs that are restarted together; those without a successor are not in it. Until the transaction ends nobody gives their places away. */
    Map<RunId, RunId> of(Collection<RunId> runs) {
        UUID[] ids = runs.stream().map(RunId::value).toArray(UUID[]::new);
        claim(ids);
        Map<RunId, RunId> successors = new HashMap<>();
        sql.list(
                row -> successors.put(RunId.parse(row.getString("run")), RunId.parse(row.getString("successor"))),
                "select distinct on (run.id) run.id as run, other.id as successor from unnest(?) wanted (id)"
                        + Sql.each("select * from run where run.id = wanted.id", "run")
                        + Sql.each(
                                "select * from run other where other.output_root = run.output_root"
                                        + " and other.output_area = run.output_area"
                                        + " and other.output_folder = run.output_folder"
                                        + " and other.output_name = run.output_name",
                                "other")
                        + " where other.id <> run.id and (other.significant, other.input_root, other.input_path)"
                        + " <> (run.significant, run.input_root, run.input_path)"
                        + " and (other.state in ('QUEUED', 'RUNNING', 'PUBLISHING')"
                        + " or other.state = 'COMPLETED' and other.ended_at > run.ended_at"
                        + " or other.id = any(?) and other.seq > run.seq)"
                        + " order by run.id, other.seq desc",
                ids,
                ids);
        Map<RunId, Placement> places = placements.of(runs);
        // with force it was to replace whatever is there
        places.keySet().removeIf(run -> places.get(run).replaceForeign() || successors.containsKey(run));
        successors.putAll(results.at(places));
        return successors;
    }

    private void claim(UUID[] ids) {
        sql.update(
                // why: in one order, or two who ask at once might wait for each other
                "insert into output_claim (root, area, path, item)"
                        + " select distinct on (root, area, path) * from (select output_root as root, output_area as area,"
                        + " case output_folder when '' then '' else output_folder || '/' end || output_name as path, item"
                        + " from run where id = any(?)) place order by root, area, path"
                        + " on conflict (root, area, path) do update set item = excluded.item",
                (Object) ids);
    }
}
