package io.kiln.run;

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

/** Who has the place of a run that ended without publishing: while it was over, the place may have been given to a run with other parameters. */
@ApplicationScoped
@Transactional
public class Successors {
    private final Sql sql;

    /** For the container's proxy only. */
    protected Successors() {
        this(null);
    }

    @Inject
    public Successors(Sql sql) {
        this.sql = sql;
    }

    /** The run whose output, there already or to come, a restart of this run would replace by that of other parameters. */
    Optional<RunId> of(RunId run) {
        return Optional.ofNullable(of(List.of(run)).get(run));
    }

    /** The same for many runs; those without a successor are not in it. */
    Map<RunId, RunId> of(Collection<RunId> runs) {
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
                        + " where other.id <> run.id and other.significant <> run.significant"
                        + " and (other.state in ('QUEUED', 'RUNNING', 'PUBLISHING')"
                        + " or other.state = 'COMPLETED' and other.ended_at > run.ended_at)"
                        + " order by run.id, other.seq desc",
                (Object) runs.stream().map(RunId::value).toArray(UUID[]::new));
        return successors;
    }
}
