package io.kiln.job;

import java.io.IOException;
import java.nio.file.Path;

/** A file system has no space, or not enough, for what a run has to write. The run may go on once there is space. */
public class DiskFullException extends IOException {
    private final transient Path folder;
    private final long neededBytes;

    /**
     * @param folder on the file system that is full; it may not exist
     * @param neededBytes free space that the run needs to go on, 0 where that is not known
     */
    public DiskFullException(Path folder, long neededBytes, String message, Throwable cause) {
        super(message, cause);
        this.folder = folder;
        this.neededBytes = neededBytes;
    }

    public Path folder() {
        return folder;
    }

    public long neededBytes() {
        return neededBytes;
    }
}
