package io.kiln.run;

import io.kiln.job.Assignment;
import io.kiln.job.Attempt;
import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.root.DataRootService;
import io.kiln.root.DataRoots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;

/** What a job is told of the run that it executes. */
@ApplicationScoped
@Transactional
public class Assignments {
    private final Sql sql;
    private final RunService runs;
    private final DataRootService roots;
    private final Placements placements;
    private final DeviceLeases leases;
    private final Identity identity;

    /** For the container's proxy only. */
    protected Assignments() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Assignments(
            Sql sql,
            RunService runs,
            DataRootService roots,
            Placements placements,
            DeviceLeases leases,
            Identity identity) {
        this.sql = sql;
        this.runs = runs;
        this.roots = roots;
        this.placements = placements;
        this.leases = leases;
        this.identity = identity;
    }

    Assignment of(RunId id) {
        Run run = runs.find(id);
        Attempt attempt = new Attempt(id, run.attempt());
        Placement placement = placements.of(id);
        DataRoots confining = roots.now();
        confining.confined(placement.target().getParent());
        return new Assignment(
                attempt,
                run.pipeline(),
                confining.confined(confining.path(run.input())),
                run.inputIdentity(),
                run.parameters(),
                leases.of(attempt),
                placement,
                facts(run));
    }

    private JsonObject facts(Run run) {
        return sql.first(
                        row -> Json.createObjectBuilder()
                                .add("item", run.item().toString())
                                .add("itemName", row.getString("item_name"))
                                .add("comment", row.getString("comment"))
                                .add("batch", run.batch().toString())
                                .add("batchName", row.getString("batch_name"))
                                .add("kiln", identity.get().toString())
                                .add("queuedBy", run.queuedBy())
                                .add("queuedAt", run.queuedAt().toString())
                                .build(),
                        "select item.name as item_name, item.comment, batch.name as batch_name"
                                + " from item join batch on batch.id = item.batch where item.id = ?",
                        run.item().value())
                .orElseThrow();
    }
}
