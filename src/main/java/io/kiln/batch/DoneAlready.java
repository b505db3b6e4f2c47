package io.kiln.batch;

import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.PipelineName;
import io.kiln.run.ItemId;
import io.kiln.run.RunService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.util.Optional;

/** Whether there is anything left to do for an item. */
@ApplicationScoped
class DoneAlready {
    private final Sql sql;
    private final RunService runs;

    /** For the container's proxy only. */
    protected DoneAlready() {
        this(null, null);
    }

    @Inject
    DoneAlready(Sql sql, RunService runs) {
        this.sql = sql;
        this.runs = runs;
    }

    /** The run that has made, from the same input with the same parameters, a whole output that is still there. */
    Optional<RunId> completed(ItemId item, PipelineName pipeline, JsonObject significant, InputIdentity input) {
        return sql.first(
                        row -> RunId.parse(row.getString(1)),
                        "select id from run where item = ? and pipeline = ? and state = 'COMPLETED' and not incomplete"
                                + " and significant = cast(? as jsonb) and input_bytes = ? and input_modified = ?"
                                + " and parameter_files = cast(? as jsonb)"
                                + " and not exists (select 1 from run newer where newer.state = 'COMPLETED'"
                                + " and newer.seq > run.seq and newer.item = run.item"
                                + " and newer.pipeline = run.pipeline and newer.output_name = run.output_name"
                                + " and newer.significant <> run.significant)"
                                + " order by seq desc limit 1",
                        item.value(),
                        pipeline.value(),
                        significant.toString(),
                        input.input().bytes(),
                        input.input().modified(),
                        input.parameterFilesJson().toString())
                .filter(run -> Files.exists(runs.output(runs.find(run))));
    }

    /** The unfinished run that will make it. */
    Optional<RunId> underWay(ItemId item, PipelineName pipeline, JsonObject significant) {
        return sql.first(
                row -> RunId.parse(row.getString(1)),
                "select id from run where item = ? and pipeline = ? and state in ('QUEUED', 'RUNNING', 'PUBLISHING')"
                        + " and significant = cast(? as jsonb) limit 1",
                item.value(),
                pipeline.value(),
                significant.toString());
    }
}
