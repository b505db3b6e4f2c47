package io.kiln.run;

import java.nio.file.Path;

/** The data root of a run's input is not there, or empty: most likely its file system is not mounted. */
class RootAwayException extends RuntimeException {
    RootAwayException(Path root, Throwable cause) {
        super(
                "data root " + root
                        + " is not there or empty: mount its file system, and the run goes on within some minutes",
                cause);
    }
}
