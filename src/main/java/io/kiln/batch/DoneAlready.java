package io.kiln.batch;

import io.kiln.job.OutputMetadata;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.PipelineName;
import io.kiln.root.Area;
import io.kiln.root.DataRoots;
import io.kiln.root.Location;
import io.kiln.root.RootId;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Whether there is anything left to do for items, two statements for all that are asked for. */
@ApplicationScoped
class DoneAlready {
    private static final String WANTED = "unnest(?, ?, ?, ?, ?) wanted (item, significant, bytes, modified, files)";

    private static final String IS_WANTED = "run.significant = cast(wanted.significant as jsonb)"
            + " and run.input_bytes = cast(wanted.bytes as bigint)"
            + " and run.input_modified = cast(wanted.modified as timestamptz)"
            + " and run.parameter_files = cast(wanted.files as jsonb)";

    private static final String RUNS_OF_ITEM = Sql.each("select * from run where run.item = wanted.item", "run");

    private final Sql sql;

    /** For the container's proxy only. */
    protected DoneAlready() {
        this(null);
    }

    @Inject
    DoneAlready(Sql sql) {
        this.sql = sql;
    }

    /**
     * A run that has made what is wanted of an item, and where.
     *
     * @param images how many it has made; 0 where that is not known
     */
    private record Completed(ItemId item, RunId run, Location folder, OutputName output, int images) {
        static Completed read(ResultSet row) throws SQLException {
            return new Completed(
                    new ItemId(row.getObject("item", UUID.class)),
                    RunId.parse(row.getString("id")),
                    new Location(
                            new RootId(row.getObject("output_root", UUID.class)),
                            Area.valueOf(row.getString("output_area")),
                            row.getString("output_folder")),
                    new OutputName(row.getString("output_name"), OutputName.Form.valueOf(row.getString("output_form"))),
                    row.getInt("units"));
        }

        boolean isThere(DataRoots roots) {
            Path beside = roots.path(folder);
            try {
                return OutputMetadata.run(beside, output).filter(run::equals).isPresent()
                        && OutputMetadata.isWhole(beside, output, images);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look at '" + output.path() + "' in " + beside, e);
            }
        }
    }

    /** The run that has made, from the same input with the same parameters, a whole output that is still there; items without one are not in it. */
    Map<ItemId, RunId> completed(PipelineName pipeline, List<Draft> drafts, DataRoots roots) {
        List<Completed> completed = sql.list(
                Completed::read,
                "select run.* from " + WANTED + RUNS_OF_ITEM
                        + " where run.pipeline = ? and run.state = 'COMPLETED' and not run.incomplete and " + IS_WANTED
                        + " order by run.item, run.seq desc",
                wanted(pipeline, drafts));
        Map<ItemId, RunId> runs = new HashMap<>();
        for (Completed one : completed) {
            if (!runs.containsKey(one.item()) && one.isThere(roots)) {
                runs.put(one.item(), one.run());
            }
        }
        return runs;
    }

    /** The unfinished run that will make it, from the input as it is now; items without one, or with one that is to stop, are not in it. */
    Map<ItemId, RunId> underWay(PipelineName pipeline, List<Draft> drafts) {
        Map<ItemId, RunId> runs = new HashMap<>();
        sql.list(
                row -> runs.put(new ItemId(row.getObject("item", UUID.class)), RunId.parse(row.getString("id"))),
                "select distinct on (run.item) run.item, run.id from " + WANTED + RUNS_OF_ITEM
                        + " where run.pipeline = ? and run.state in ('QUEUED', 'RUNNING', 'PUBLISHING')"
                        + " and run.stop_requested is null and " + IS_WANTED
                        + " order by run.item, run.seq",
                wanted(pipeline, drafts));
        return runs;
    }

    private static Object[] wanted(PipelineName pipeline, List<Draft> drafts) {
        return new Object[] {
            drafts.stream().map(draft -> draft.id().value()).toArray(UUID[]::new),
            texts(drafts, draft -> draft.significant().toString()),
            texts(drafts, draft -> Long.toString(draft.input().input().bytes())),
            texts(drafts, draft -> draft.input().input().modified().toString()),
            texts(drafts, draft -> draft.input().parameterFilesJson().toString()),
            pipeline.value()
        };
    }

    private static String[] texts(List<Draft> drafts, Function<Draft, String> text) {
        return drafts.stream().map(text).toArray(String[]::new);
    }
}
