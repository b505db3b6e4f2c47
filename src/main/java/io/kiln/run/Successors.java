package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

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
        return sql.first(
                row -> RunId.parse(row.getString(1)),
                "select other.id from run join run other on other.id <> run.id"
                        + " and other.output_root = run.output_root and other.output_area = run.output_area"
                        + " and other.output_folder = run.output_folder and other.output_name = run.output_name"
                        + " and other.significant <> run.significant"
                        + " and (other.state in ('QUEUED', 'RUNNING', 'PUBLISHING')"
                        + " or other.state = 'COMPLETED' and other.ended_at > run.ended_at)"
                        + " where run.id = ? order by other.seq desc limit 1",
                run.value());
    }
}
