package io.kiln.job;

import io.kiln.pipeline.OutputName;
import java.nio.file.Path;

/**
 * Where a run works and where its output goes, all absolute.
 *
 * @param workFolder the run's own folder, {@code .kiln-<run>} beside the output or on the scratch folder; the job divides it further
 * @param outputFolder the folder that {@code output} is relative to
 * @param replaceForeign true where an output that Kiln did not make may be replaced ({@code force})
 */
public record Placement(Path workFolder, Path outputFolder, OutputName output, boolean replaceForeign) {
    /** The published folder or file. */
    public Path target() {
        return outputFolder.resolve(output.path());
    }
}
