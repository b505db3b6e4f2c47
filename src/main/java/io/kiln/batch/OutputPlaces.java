package io.kiln.batch;

import io.kiln.persistence.Sql;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.OutputName;
import io.kiln.root.Area;
import io.kiln.root.DataRoot;
import io.kiln.root.DataRootService;
import io.kiln.root.Location;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Where outputs go: beside their input as {@code <folder>_rec}, or where the batch says, or below a results root when theirs cannot be written. */
@ApplicationScoped
class OutputPlaces {
    private static final Set<PosixFilePermission> WRITE = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Sql sql;
    private final DataRootService roots;

    /** For the container's proxy only. */
    protected OutputPlaces() {
        this(null, null);
    }

    @Inject
    OutputPlaces(Sql sql, DataRootService roots) {
        this.sql = sql;
        this.roots = roots;
    }

    /**
     * The folder that output names are relative to.
     *
     * @throws InputRejectedException when neither it nor a results root can be written
     */
    Location folder(Batch batch, Item item) {
        if (batch.output().isPresent()) {
            return named(batch.output().get());
        }
        String path = item.input().path();
        int slash = path.lastIndexOf('/');
        Location beside = slash < 0
                ? new Location(item.input().root(), Area.BESIDE, "")
                : new Location(item.input().root(), Area.INSIDE, path.substring(0, slash) + "_rec");
        return isWritable(roots.path(beside)) ? beside : results(item, beside);
    }

    private Location named(Location folder) {
        if (!isWritable(roots.path(folder))) {
            throw new InputRejectedException("cannot write the batch's output folder '" + roots.path(folder)
                    + "': let Kiln's user write there, or name another output folder in the batch");
        }
        return folder;
    }

    private Location results(Item item, Location beside) {
        DataRoot results = roots.list().stream()
                .filter(root -> root.kind() == DataRoot.Kind.RESULTS && isWritable(root.path()))
                .findFirst()
                .orElseThrow(() -> new InputRejectedException("cannot write '" + roots.path(beside)
                        + "', and there is no results root; name an output folder in the batch"));
        Path source = roots.get(item.input().root()).path().getParent().relativize(roots.path(beside));
        return new Location(results.id(), Area.INSIDE, source.toString());
    }

    /**
     * The name itself where it is free or the item's own, else the name with a number: outputs of other items, and of unfinished runs with other
     * parameters, are never mixed.
     */
    OutputName reserve(Location folder, OutputName name, ItemId item, JsonObject significant) {
        for (int number = 1; ; number++) {
            OutputName candidate = number == 1 ? name : numbered(name, number);
            if (isUnused(folder, candidate, significant) && isOurs(folder.resolve(candidate.path()), item)) {
                return candidate;
            }
        }
    }

    private boolean isUnused(Location folder, OutputName name, JsonObject significant) {
        return !sql.exists(
                "select 1 from run where output_root = ? and output_area = ? and output_folder = ?"
                        + " and output_name = ? and state in ('QUEUED', 'RUNNING', 'PUBLISHING')"
                        + " and significant <> cast(? as jsonb)",
                folder.root().value(),
                folder.area(),
                folder.path(),
                name.path(),
                significant.toString());
    }

    /** Claims the place for the item; false where it is another's. The key decides between two who ask at once. */
    private boolean isOurs(Location place, ItemId item) {
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

    private static boolean isWritable(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.isDirectory(existing) && Files.isWritable(existing) && isMeantToBeWritten(existing);
    }

    /** The superuser may write everywhere; a folder that nobody else could write is read-only for Kiln too. */
    private static boolean isMeantToBeWritten(Path folder) {
        try {
            return Files.getPosixFilePermissions(folder).stream().anyMatch(WRITE::contains);
        } catch (UnsupportedOperationException withoutPermissions) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the permissions of " + folder, e);
        }
    }
}
