package io.kiln.run;

import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.OutputName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sends the output of a held run of which nothing is done yet to a results root. */
@ApplicationScoped
@Transactional
public class SecondRoot {
    private final Sql sql;
    private final FreeSpace space;
    private final KeptResults results;

    /** For the container's proxy only. */
    protected SecondRoot() {
        this(null, null, null);
    }

    @Inject
    public SecondRoot(Sql sql, FreeSpace space, KeptResults results) {
        this.sql = sql;
        this.space = space;
        this.results = results;
    }

    /** A results root. */
    private record Results(UUID id, Path path) {}

    /** Where an output goes in a results root. */
    private record Place(String folder, OutputName output) {
        Placement on(Results root) {
            Path outputFolder = root.path().resolve(folder);
            return new Placement(outputFolder, outputFolder, output, false);
        }
    }

    /**
     * False where no results root has that much space, where the run is not held any more, where something of it is done elsewhere, or where its place there
     * is another item's or holds a result that is kept. It waits for space no more then; what an attempt has found out about the input is forgotten.
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

    private boolean move(RunId run, Results root) {
        Optional<Place> place = place(run, root);
        place.ifPresent(one -> claim(run, root, one));
        // why: a statement of its own, which sees what the request has queued that kept the claim until now
        return place.filter(one -> isFree(run, root, one))
                .filter(one -> results.at(run, one.on(root)).isEmpty())
                .filter(one -> give(run, root, one))
                .isPresent();
    }

    /** The folder's path from its root's parent on, so that folders of several roots do not meet. */
    private Optional<Place> place(RunId run, Results root) {
        return sql.first(
                row -> new Place(
                        row.getString("folder"),
                        new OutputName(
                                row.getString("output_name"), OutputName.Form.valueOf(row.getString("output_form")))),
                "select regexp_replace(data_root.path, '^.*/', '')"
                        + " || case output_area when 'BESIDE' then '_rec' else '' end"
                        + " || case output_folder when '' then '' else '/' || output_folder end as folder,"
                        + " output_name, output_form from run join data_root on data_root.id = output_root"
                        + " where run.id = ? and state = 'QUEUED' and hold_folder is not null"
                        + " and not exists (select 1 from ledger where ledger.run = run.id) for update of run",
                run.value());
    }

    private void claim(RunId run, Results root, Place place) {
        sql.update(
                "insert into output_claim (root, area, path, item) select ?, 'INSIDE', ?, item from run where id = ?"
                        + " on conflict (root, area, path) do update set item = excluded.item",
                root.id(),
                place.folder() + "/" + place.output().path(),
                run.value());
    }

    private boolean isFree(RunId run, Results root, Place place) {
        return !sql.exists(
                "select 1 from run other join run on run.id = ? where other.id <> run.id and other.output_root = ?"
                        + " and other.output_area = 'INSIDE' and other.output_folder = ? and other.output_name = ?"
                        + " and other.state in ('QUEUED', 'RUNNING', 'PUBLISHING')"
                        + " and (other.item, other.significant) <> (run.item, run.significant)",
                run.value(),
                root.id(),
                place.folder(),
                place.output().path());
    }

    private boolean give(RunId run, Results root, Place place) {
        return sql.update(
                        "with moved as (update run set output_root = ?, output_area = 'INSIDE', output_folder = ?,"
                                + " plan = null, units = null, unit_name = null,"
                                + " reason = null, hold_folder = null, hold_bytes = null where id = ?"
                                + " returning id, batch, item, attempt, state)"
                                + " insert into event (kind, batch, item, run, attempt, state, reason)"
                                + " select 'run', batch, item, id, attempt, state, ? from moved",
                        root.id(),
                        place.folder(),
                        run.value(),
                        "its output goes to " + root.path())
                == 1;
    }
}
