package io.kiln.run.overview;

import io.kiln.job.DiskSpace;
import io.kiln.root.DataRoot;
import io.kiln.root.DataRootService;
import io.kiln.run.overview.Overview.Disk;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How much room the data roots' file systems have. */
@ApplicationScoped
class Disks {
    private static final Logger LOG = Logger.getLogger(Disks.class.getName());

    private final DataRootService roots;
    private final long reserveBytes;

    /** For the container's proxy only. */
    protected Disks() {
        this.roots = null;
        this.reserveBytes = 0;
    }

    @Inject
    Disks(DataRootService roots, Settings settings) {
        this.roots = roots;
        this.reserveBytes = settings.diskReserveBytes();
    }

    List<Disk> all() {
        return roots.list().stream().map(this::disk).toList();
    }

    private Disk disk(DataRoot root) {
        Long free = null;
        Long total = null;
        try {
            FileStore store = DiskSpace.fileStore(root.path());
            free = store.getUsableSpace();
            total = store.getTotalSpace();
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "the file system of " + root.path() + " does not answer");
        }
        return new Disk(root.id().value(), root.path().toString(), root.kind().name(), free, total, reserveBytes);
    }
}
