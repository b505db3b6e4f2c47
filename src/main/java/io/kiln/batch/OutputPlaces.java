package io.kiln.batch;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.root.Area;
import io.kiln.root.DataRoot;
import io.kiln.root.DataRootService;
import io.kiln.root.DataRoots;
import io.kiln.root.Location;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** The folders that outputs go to: beside their input as {@code <folder>_rec}, or where the batch says, or below a results root when theirs cannot be written. */
@ApplicationScoped
class OutputPlaces {
    private static final Set<PosixFilePermission> WRITE = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final DataRootService roots;

    /** For the container's proxy only. */
    protected OutputPlaces() {
        this(null);
    }

    @Inject
    OutputPlaces(DataRootService roots) {
        this.roots = roots;
    }

    /**
     * The folder that output names are relative to, canonical.
     *
     * @param beside the folder beside the input
     * @param present the roots that it lies in
     * @throws InputRejectedException when neither it nor a results root can be written, or a link leads out of the roots
     */
    Location folder(Batch batch, Location beside, DataRoots present) {
        return present.canonical(batch.output()
                .map(this::named)
                .orElseGet(() -> isWritable(present.path(beside)) ? beside : results(beside)));
    }

    /** The folder for the outputs of an input where nothing else is said: {@code <folder>_rec}. */
    static Location beside(Location input) {
        int slash = input.path().lastIndexOf('/');
        return slash < 0
                ? new Location(input.root(), Area.BESIDE, "")
                : new Location(input.root(), Area.INSIDE, input.path().substring(0, slash) + "_rec");
    }

    private Location named(Location folder) {
        if (!isWritable(roots.path(folder))) {
            throw new InputRejectedException("cannot write the batch's output folder '" + roots.path(folder)
                    + "': let Kiln's user write there, or name another output folder in the batch");
        }
        return folder;
    }

    private Location results(Location beside) {
        DataRoot results = roots.list().stream()
                .filter(root -> root.kind() == DataRoot.Kind.RESULTS && isWritable(root.path()))
                .findFirst()
                .orElseThrow(() -> new InputRejectedException("cannot write '" + roots.path(beside)
                        + "', and there is no results root; name an output folder in the batch"));
        Path source = roots.get(beside.root()).path().getParent().relativize(roots.path(beside));
        return new Location(results.id(), Area.INSIDE, source.toString());
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
