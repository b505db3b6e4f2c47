package io.kiln.job;

import java.io.IOException;

/** A file system has no space, or not enough, for what a run has to write. The run may go on once there is space. */
public class DiskFullException extends IOException {
    public DiskFullException(String message) {
        super(message);
    }

    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
