package io.kiln.batch;

import io.kiln.job.OutputMetadata;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.OutputName;
import io.kiln.root.DataRootService;
import io.kiln.root.Location;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What outputs are called: what the pipeline calls them, with a number behind it where that place holds, or is about to hold, another result. */
@ApplicationScoped
class OutputNames {
    private final Sql sql;
    private final DataRootService roots;

    /** For the container's proxy only. */
    protected OutputNames() {
        this(null, null);
    }

    @Inject
    OutputNames(Sql sql, DataRootService roots) {
        this.sql = sql;
        this.roots = roots;
    }

    /** What stands in the way of an output at a place. */
    private enum Occupant {
        /** Nothing that Kiln knows of; what others put there is seen to when the run begins. */
        NONE,
        /** A result of the same item with the same parameters. */
        SAME_RESULT,
        /** A result with other parameters. */
        OTHER_RESULT,
        /** Another item's place, or that of an unfinished run with other parameters. */
        OTHER_WORK
    }

    /**
     * The place whose result the run computes anew, else the first one that holds none; claimed for the item.
     *
     * @param folder that names are relative to
     * @param significant parameters on which the result depends
     * @param force true where a result with other parameters may be replaced
     */
    OutputName reserve(Location folder, OutputName name, ItemId item, JsonObject significant, boolean force) {
        Optional<OutputName> replaced = Optional.empty();
        for (int number = 1; ; number++) {
            OutputName candidate = number == 1 ? name : numbered(name, number);
            Occupant occupant = occupant(folder, candidate, item, significant);
            if (occupant == Occupant.OTHER_RESULT && force && replaced.isEmpty()) {
                replaced = Optional.of(candidate);
            }
            if (occupant == Occupant.SAME_RESULT || occupant == Occupant.NONE) {
                OutputName chosen = occupant == Occupant.SAME_RESULT ? candidate : replaced.orElse(candidate);
                if (claim(folder.resolve(chosen.path()), item)) {
                    return chosen;
                }
                replaced = Optional.empty();
            }
        }
    }

    private Occupant occupant(Location folder, OutputName name, ItemId item, JsonObject significant) {
        if (isOthers(folder.resolve(name.path()), item) || isAwaited(folder, name, significant)) {
            return Occupant.OTHER_WORK;
        }
        return maker(folder, name)
                .map(run -> hasParameters(run, significant) ? Occupant.SAME_RESULT : Occupant.OTHER_RESULT)
                .orElse(Occupant.NONE);
    }

    private boolean isOthers(Location place, ItemId item) {
        return sql.exists(
                "select 1 from output_claim where root = ? and area = ? and path = ? and item <> ?",
                place.root().value(),
                place.area(),
                place.path(),
                item.value());
    }

    private boolean isAwaited(Location folder, OutputName name, JsonObject significant) {
        return sql.exists(
                "select 1 from run where output_root = ? and output_area = ? and output_folder = ?"
                        + " and output_name = ? and state in ('QUEUED', 'RUNNING', 'PUBLISHING')"
                        + " and significant <> cast(? as jsonb)",
                folder.root().value(),
                folder.area(),
                folder.path(),
                name.path(),
                significant.toString());
    }

    private Optional<RunId> maker(Location folder, OutputName name) {
        try {
            return OutputMetadata.run(roots.path(folder), name);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read what made '" + roots.path(folder.resolve(name.path())) + "': " + e.getMessage(), e);
        }
    }

    /** False for a run that is not known any more: nobody can tell what its parameters were worth. */
    private boolean hasParameters(RunId run, JsonObject significant) {
        return sql.exists(
                "select 1 from run where id = ? and significant = cast(? as jsonb)",
                run.value(),
                significant.toString());
    }

    /** Claims the place for the item; false where it is another's. The key decides between two who ask at once. */
    private boolean claim(Location place, ItemId item) {
        return sql.exists(
                "insert into output_claim as claim (root, area, path, item) values (?, ?, ?, ?)"
                        + " on conflict (root, area, path) do update set item = claim.item where claim.item = excluded.item"
                        + " returning 1",
                place.root().value(),
                place.area(),
                place.path(),
                item.value());
    }

    private static OutputName numbered(OutputName name, int number) {
        int dot = name.form() == OutputName.Form.FILE ? name.path().lastIndexOf('.') : -1;
        String path = dot < 0
                ? name.path() + "_" + number
                : name.path().substring(0, dot) + "_" + number + name.path().substring(dot);
        return new OutputName(path, name.form());
    }
}
