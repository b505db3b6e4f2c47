package io.kiln.job;

import java.nio.file.Path;

/**
 * The folders that a run's output passes on its way to its place. They lie in the run's work folder, and in a folder of the same name beside the output,
 * which is the same one unless the work folder is on scratch. Each name tells a state, and things come under a name whole, by one rename.
 *
 * @param workFolder {@code .kiln-<run>}, beside the output or on scratch
 * @param besideOutput {@code .kiln-<run>} beside the output
 */
record RunFolders(Path workFolder, Path besideOutput) {
    static final String PREFIX = ".kiln-";

    RunFolders(Assignment assignment) {
        this(
                assignment.placement().workFolder(),
                assignment
                        .placement()
                        .target()
                        .resolveSibling(PREFIX + assignment.attempt().run()));
    }

    /** What the pipeline writes to, until every unit is settled and metadata and preview are written. */
    Path work() {
        return workFolder.resolve("work");
    }

    /** A file that names the Kiln whose run this is. */
    Path owner() {
        return workFolder.resolve("owner");
    }

    /** What each attempt took its time for. */
    Path timings() {
        return workFolder.resolve("timings");
    }

    /** The whole output where it was computed. */
    Path whole() {
        return workFolder.resolve("whole");
    }

    /** A copy of it beside the output, not yet whole. */
    Path incoming() {
        return besideOutput.resolve("incoming");
    }

    /** The whole output beside its place. */
    Path arrived() {
        return besideOutput.resolve("whole");
    }

    /** Where an earlier output is being put aside. */
    Path aside() {
        return besideOutput.resolve("aside");
    }

    /** The earlier output, all of it; exists, maybe empty, once the place is free for the new one. */
    Path old() {
        return besideOutput.resolve("old");
    }

    /** The earlier output once the new one is in its place: nobody needs it any more. */
    Path replaced() {
        return besideOutput.resolve("replaced");
    }
}
