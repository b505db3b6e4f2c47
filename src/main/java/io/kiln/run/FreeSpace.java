package io.kiln.run;

import io.kiln.job.DiskSpace;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How much may still be written where. */
@ApplicationScoped
public class FreeSpace {
    private static final Logger LOG = Logger.getLogger(FreeSpace.class.getName());

    /** Bytes; empty where the file system does not answer, which is not the same as full. */
    public Optional<Long> bytes(Path folder) {
        try {
            return Optional.of(DiskSpace.freeBytes(folder));
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> "cannot ask for the free space of " + folder);
            return Optional.empty();
        }
    }
}
