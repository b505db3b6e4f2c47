package io.kiln.run;

import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.OutputName;
import io.kiln.root.Area;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Where runs work and where their outputs go, on this server. */
@ApplicationScoped
public class Placements {
    private final Sql sql;
    private final Settings settings;

    /** For the container's proxy only. */
    protected Placements() {
        this(null, null);
    }

    @Inject
    public Placements(Sql sql, Settings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /** Read from the row, not from an entity: a run that waits for space may have been given another place. */
    Placement of(RunId run) {
        return Optional.ofNullable(of(List.of(run)).get(run)).orElseThrow(() -> new UnknownIdException("run", run));
    }

    /** The same for many runs, those that there are. */
    Map<RunId, Placement> of(Collection<RunId> runs) {
        Map<RunId, Placement> placements = new HashMap<>();
        sql.list(
                row -> {
                    RunId run = RunId.parse(row.getString("id"));
                    return placements.put(run, placement(run, row));
                },
                "select run.id, path, output_area, output_folder, output_name, output_form, force"
                        + " from run join data_root on data_root.id = output_root where run.id = any(?)",
                (Object) runs.stream().map(RunId::value).toArray(UUID[]::new));
        return placements;
    }

    /** Every folder in which runs of this database may have left a work folder. */
    List<Path> workPlaces() {
        List<Path> beside = sql.list(
                row -> Area.valueOf(row.getString("output_area"))
                        .folder(Path.of(row.getString("path")))
                        .resolve(row.getString("output_folder"))
                        .resolve(row.getString("parent")),
                "select distinct path, output_area, output_folder,"
                        + " coalesce(substring(output_name from '^(.*)/'), '') as parent"
                        + " from run join data_root on data_root.id = output_root");
        return Stream.concat(beside.stream(), settings.scratch().stream())
                .distinct()
                .toList();
    }

    private Placement placement(RunId run, ResultSet row) throws SQLException {
        Path folder = Area.valueOf(row.getString("output_area"))
                .folder(Path.of(row.getString("path")))
                .resolve(row.getString("output_folder"));
        OutputName output =
                new OutputName(row.getString("output_name"), OutputName.Form.valueOf(row.getString("output_form")));
        String name = ".kiln-" + run;
        Path workFolder = settings.scratch()
                .map(scratch -> scratch.resolve(name))
                .orElseGet(() -> folder.resolve(output.path()).resolveSibling(name));
        return new Placement(workFolder, folder, output, row.getBoolean("force"));
    }
}
