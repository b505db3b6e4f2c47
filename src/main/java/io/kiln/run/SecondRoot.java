package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Sends the output of a held run of which nothing is done yet to a results root. */
@ApplicationScoped
@Transactional
public class SecondRoot {
    private final Sql sql;
    private final FreeSpace space;

    /** For the container's proxy only. */
    protected SecondRoot() {
        this(null, null);
    }

    @Inject
    public SecondRoot(Sql sql, FreeSpace space) {
        this.sql = sql;
        this.space = space;
    }

    /** A results root. */
    private record Results(UUID id, Path path) {}

    /**
     * False where no results root has that much space, where the run is not held any more, where something of it is done elsewhere, or where its place there
     * is another item's or holds the result of other parameters. It waits for space no more then; what an attempt has found out about the input is forgotten.
     *
     * @param bytes that must be free there
     */
    boolean take(RunId run, long bytes) {
        List<Results> roots = sql.list(
                row -> new Results(row.getObject("id", UUID.class), Path.of(row.getString("path"))),
                "select id, path from data_root where kind = 'RESULTS'"
                        + " and id <> (select output_root from run where id = ?) order by path",
                run.value());
        return roots.stream().filter(root -> space.has(root.path(), bytes)).anyMatch(root -> move(run, root));
    }

    /** The folder's path from its root's parent on, so that folders of several roots do not meet. */
    private boolean move(RunId run, Results root) {
        return sql.update(
                        "with place as (select run.id, run.item, regexp_replace(data_root.path, '^.*/', '')"
                                + " || case output_area when 'BESIDE' then '_rec' else '' end"
                                + " || case output_folder when '' then '' else '/' || output_folder end as folder,"
                                + " output_name, significant from run join data_root on data_root.id = output_root"
                                + " where run.id = ? and state = 'QUEUED' and hold_folder is not null"
                                + " and not exists (select 1 from ledger where ledger.run = run.id) for update of run),"
                                + " claimed as (insert into output_claim as claim (root, area, path, item)"
                                + " select ?, 'INSIDE', folder || '/' || output_name, item from place"
                                + " where not exists (select 1 from run other where other.output_root = ?"
                                + " and other.output_area = 'INSIDE' and other.output_folder = place.folder"
                                + " and other.output_name = place.output_name"
                                + " and other.significant <> place.significant"
                                + " and other.state in ('QUEUED', 'RUNNING', 'PUBLISHING', 'COMPLETED'))"
                                + " on conflict (root, area, path) do update set item = claim.item"
                                + " where claim.item = excluded.item returning item),"
                                + " moved as (update run set output_root = ?, output_area = 'INSIDE',"
                                + " output_folder = place.folder, plan = null, units = null, unit_name = null,"
                                + " reason = null, hold_folder = null, hold_bytes = null"
                                + " from place where run.id = place.id and exists (select 1 from claimed)"
                                + " returning run.id, run.batch, run.item, run.attempt, run.state)"
                                + " insert into event (kind, batch, item, run, attempt, state, reason)"
                                + " select 'run', batch, item, id, attempt, state, ? from moved",
                        run.value(),
                        root.id(),
                        root.id(),
                        root.id(),
                        "its output goes to " + root.path())
                == 1;
    }
}
